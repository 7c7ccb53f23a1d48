package render

// Styles is the style sheet of what this package adds to a card. It also keeps a
// card in its place: nothing that a note type's CSS positions leaves the scope. Its
// selectors weigh no more than those of CSS, which comes after it and wins.
//
// The first rules give elements their plain look again, as templates expect it, on a
// page that has a look of its own.
const Styles = `.card-scope,.card-scope *{box-sizing:content-box}
.card-scope h1{font:bold 2em/inherit inherit;line-height:inherit;letter-spacing:normal;margin:.67em 0}
.card-scope h2{font:bold 1.5em/inherit inherit;line-height:inherit;margin:.83em 0}
.card-scope p{margin:1em 0}
.card-scope small{font-size:smaller;color:inherit}
.card-scope table{width:auto;border-collapse:separate;font-size:inherit}
.card-scope th,.card-scope td{padding:1px;border:0;color:inherit;white-space:inherit;vertical-align:inherit}
.card-scope th{text-align:center;font-weight:bold}
.card-scope{position:relative;contain:layout paint;isolation:isolate;overflow-wrap:break-word;unicode-bidi:isolate}
.card-scope .c-card{padding:20px}
.card-scope img,.card-scope video{max-width:100%;height:auto}
.card-scope audio{max-width:100%}
.card-night div.c-card{background-color:#2c2c2c;color:#fcfcfc;color-scheme:dark}
.card-occlusion{position:relative;display:inline-block;max-width:100%}
.card-occlusion>img{display:block}
.card-mask{position:absolute;box-sizing:border-box}
.card-mask.card-active{background:#ff8e8e;border:1px solid #212121}
.card-mask.card-inactive{background:#ffeba2;border:1px solid #212121}
.card-mask.card-shown{background:transparent;border:1px solid #ff8e8e}
.card-mask.card-text{padding:0 .3em;color:#000;background:#fff;border:0}
.card-masks[hidden]{display:none}
.card-typing{box-sizing:border-box;width:100%;max-width:30em;min-height:44px;padding:.3em .6em;font:inherit;color:inherit;background:transparent;border:1px solid currentColor;border-radius:4px}
.card-typed{white-space:pre-wrap}
.card-good{color:#060;color:light-dark(#060,#7d7)}
.card-bad{color:#a00;color:light-dark(#a00,#f99)}
.card-missed{color:#555;color:light-dark(#555,#bbb)}
.card-missing,.card-remote{display:inline-block;min-width:3em;min-height:2em;border:1px dashed currentColor}
.card-speech,.card-toggle{min-width:44px;min-height:44px;padding:0 .6em;font:inherit;color:inherit;background:transparent;border:1px solid currentColor;border-radius:4px;cursor:pointer}
.card-speech::before{content:"\25B6"}
`
