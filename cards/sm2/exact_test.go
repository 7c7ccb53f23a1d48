package sm2_test

import (
	"math/big"

	"recto/cards"
)

// exact is SM-2 written a second time, from the published formulas and in
// rational numbers, to judge the integers of package sm2.
type exact struct {
	n        int
	factor   *big.Rat
	interval *big.Int
}

func newExact() exact {
	return exact{factor: big.NewRat(5, 2), interval: new(big.Int)}
}

func (e exact) next(q cards.Grade) exact {
	out := exact{interval: new(big.Int)}
	switch {
	case q < 3:
		out.interval.SetInt64(1)
	case e.n == 0:
		out.n = 1
		out.interval.SetInt64(1)
	case e.n == 1:
		out.n = 2
		out.interval.SetInt64(6)
	default:
		out.n = e.n + 1
		out.interval = halfEven(new(big.Rat).Mul(new(big.Rat).SetInt(e.interval), e.factor))
	}
	// EF' = EF + (0.1 - (5-q) * (0.08 + (5-q) * 0.02))
	miss := big.NewRat(int64(5-q), 1)
	inner := new(big.Rat).Mul(miss, big.NewRat(2, 100))
	inner.Add(inner, big.NewRat(8, 100))
	inner.Mul(inner, miss)
	out.factor = new(big.Rat).Add(e.factor, big.NewRat(1, 10))
	out.factor.Sub(out.factor, inner)
	if least := big.NewRat(13, 10); out.factor.Cmp(least) < 0 {
		out.factor = least
	}
	return out
}

// halfEven rounds a positive rational to the nearest integer, ties to the even one.
func halfEven(r *big.Rat) *big.Int {
	whole, rest := new(big.Int).QuoRem(r.Num(), r.Denom(), new(big.Int))
	switch new(big.Int).Lsh(rest, 1).Cmp(r.Denom()) {
	case 1:
		whole.Add(whole, big.NewInt(1))
	case 0:
		if whole.Bit(0) == 1 {
			whole.Add(whole, big.NewInt(1))
		}
	}
	return whole
}

// agrees reports whether s is the same state as e.
func (e exact) agrees(s cards.Schedule) bool {
	hundredths := new(big.Rat).Mul(e.factor, big.NewRat(100, 1))
	return s.Repetitions == e.n &&
		hundredths.IsInt() && hundredths.Num().Int64() == int64(s.EFactor) &&
		e.interval.IsInt64() && e.interval.Int64() == int64(s.Interval)
}
