package anki

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"

	"recto/cards/formats"
)

// optionSlots are the fields of a group of options; a key with a dot stands in an
// inner object of schema 11.
var optionSlots = []slot{
	{1, "new.delays", fractions, "[]"}, {2, "lapse.delays", fractions, "[]"},
	{3, "fsrsWeights", fractions, "[]"}, {5, "fsrsParams5", fractions, "[]"}, {6, "fsrsParams6", fractions, "[]"}, {4, "easyDaysPercentages", fractions, "[]"},
	{9, "new.perDay", number, "0"}, {10, "rev.perDay", number, "0"}, {35, "newPerDayMinimum", number, "0"},
	{11, "ease", fraction, "0"}, {12, "rev.ease4", fraction, "0"}, {13, "rev.hardFactor", fraction, "0"},
	{14, "lapse.mult", fraction, "0.0"}, {15, "rev.ivlFct", fraction, "0"}, {16, "rev.maxIvl", number, "0"}, {17, "lapse.minInt", number, "0"},
	{18, "good", number, "0"}, {19, "easy", number, "0"}, {20, "insert", number, "0"},
	{34, "newGatherPriority", number, "0"}, {32, "newSortOrder", number, "0"}, {30, "newMix", number, "0"},
	{33, "reviewOrder", number, "0"}, {31, "interdayLearningMix", number, "0"},
	{21, "lapse.leechAction", number, "0"}, {22, "lapse.leechFails", number, "0"},
	{23, "autoplay", untruth, "true"}, {24, "maxTaken", number, "0"}, {25, "timer", number, "0"}, {26, "replayq", untruth, "true"},
	{38, "stopTimerOnAnswer", truth, "false"}, {41, "secondsToShowQuestion", fraction, "0.0"}, {42, "secondsToShowAnswer", fraction, "0.0"},
	{36, "questionAction", number, "0"}, {43, "answerAction", number, "0"}, {44, "waitForAudio", truth, "false"},
	{27, "new.bury", truth, "false"}, {28, "rev.bury", truth, "false"}, {29, "buryInterdayLearning", truth, "false"},
	{37, "desiredRetention", fraction, "0.9"}, {40, "sm2Retention", fraction, "0.9"},
	{46, "ignoreRevlogsBeforeDate", words, `""`}, {45, "weightSearch", words, `""`},
}

// presets18 reads the table of options as the objects of schema 11.
func presets18(ctx context.Context, db *database, l formats.Limits) (map[int64]object, error) {
	all := map[int64]object{}
	err := db.each(ctx, "deck_config", []string{"id", "name", "mtime_secs", "config"}, l.Rows, func(c []driver.Value) error {
		flat, err := decode(blob(c[3]), optionSlots, nil)
		if err != nil {
			return fmt.Errorf("options %q: %w", short(text(c[1])), err)
		}
		o := nest(flat)
		o.set("id", whole(c[0]))
		o.set("name", text(c[1]))
		o.set("mod", whole(c[2]))
		o.set("dyn", false)
		all[whole(c[0])] = o
		return nil
	})
	return all, err
}

// nest moves what belongs there into the inner objects "new", "rev" and "lapse".
func nest(flat object) object {
	o, inner := object{}, map[string]object{"new": {}, "rev": {}, "lapse": {}}
	for name, part := range inner { // what "other" kept of them
		for key, value := range flat.object(name) {
			part[key] = value
		}
	}
	for key, value := range flat {
		if group, name, ok := strings.Cut(key, "."); ok && inner[group] != nil {
			inner[group][name] = value
		} else {
			o[key] = value
		}
	}
	var ease float64
	if json.Unmarshal(flat["ease"], &ease) != nil || ease <= 0 {
		ease = 2.5
	}
	inner["new"].set("initialFactor", int(ease*1000+0.5))
	inner["new"].set("ints", []int64{flat.whole("good"), flat.whole("easy"), 0})
	inner["new"].set("order", 1-min(flat.whole("insert"), 1)) // 1 is in order, 0 at random
	for _, key := range []string{"ease", "good", "easy", "insert"} {
		delete(o, key)
	}
	for name, part := range inner {
		o.set(name, part)
	}
	return o
}

// settings18 reads the table of settings.
func settings18(ctx context.Context, db *database, l formats.Limits) (object, error) {
	conf := object{}
	err := db.each(ctx, "config", []string{"key", "val"}, l.Rows, func(c []driver.Value) error {
		var value json.RawMessage
		if formats.DecodeJSON(blob(c[1]), l.Depth, &value) == nil {
			conf[text(c[0])] = value
		}
		return nil
	})
	return conf, err
}
