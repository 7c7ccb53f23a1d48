package render

// Styles is the style sheet of what this package adds to a card. It also keeps a
// card in its place: nothing that a note type's CSS positions leaves the scope.
const Styles = `.card-scope{position:relative;contain:layout paint;isolation:isolate;overflow-wrap:break-word}
.card-scope img,.card-scope video{max-width:100%;height:auto}
.card-occlusion{position:relative;display:inline-block;max-width:100%}
.card-occlusion>img{display:block}
.card-mask{position:absolute;box-sizing:border-box}
.card-mask.card-active{background:#ff8e8e;border:1px solid #212121}
.card-mask.card-inactive{background:#ffeba2;border:1px solid #212121}
.card-mask.card-shown{background:transparent;border:1px solid #ff8e8e}
.card-mask.card-text{padding:0 .3em;color:#000;background:#fff;border:0}
.card-masks[hidden]{display:none}
.card-typed{white-space:pre-wrap}
.card-good{color:#0a0;color:light-dark(#060,#7d7)}
.card-bad{color:#a00;color:light-dark(#a00,#f99)}
.card-missed{color:#555;color:light-dark(#555,#bbb)}
.card-missing,.card-remote{display:inline-block;min-width:3em;min-height:2em;border:1px dashed currentColor}
.card-speech::before{content:"\25B6"}
`
