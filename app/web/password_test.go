package web

import (
	"context"
	"errors"
	"strings"
	"testing"
)

func TestAPasswordIsKnownByItsHashAlone(t *testing.T) {
	ctx := context.Background()
	const password = "correct horse  battery ßtaple"
	hash, err := HashPassword(ctx, password)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("HashPassword = %q, want an argon2id PHC string of 19 MiB, two passes and one lane", hash)
	}
	again, err := HashPassword(ctx, password)
	if err != nil {
		t.Fatal(err)
	}
	if again == hash {
		t.Error("the same password hashed twice gives the same string: there is no salt")
	}
	tests := []struct {
		what, password string
		want           bool
	}{
		{"the password itself", password, true},
		{"another case", strings.ToUpper(password), false},
		{"one space fewer", strings.Replace(password, "  ", " ", 1), false},
		{"a space behind it", password + " ", false},
		{"nothing", "", false},
	}
	for _, test := range tests {
		got, err := checkPassword(ctx, hash, test.password)
		if err != nil || got != test.want {
			t.Errorf("checkPassword(%s) = %v, %v, want %v", test.what, got, err, test.want)
		}
	}
}

func TestAHashThatIsNoneIsAnErrorAndNotAPanic(t *testing.T) {
	good, err := HashPassword(context.Background(), "a long password")
	if err != nil {
		t.Fatal(err)
	}
	for _, hash := range []string{
		"", "$", "$$$$$", "x" + good, good[:len(good)-40], good + "$",
		strings.Replace(good, "argon2id", "argon2i", 1),
		strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "m=19456", "m=99999999", 1),
		strings.Replace(good, "t=2", "t=0", 1),
		strings.Replace(good, "t=2", "t=4000000", 1),
		strings.Replace(good, "p=1", "p=0", 1),
		strings.Replace(good, "p=1", "p=x", 1),
	} {
		ok, err := checkPassword(context.Background(), hash, "a long password")
		if ok || !errors.Is(err, errBadHash) {
			t.Errorf("checkPassword(%q) = %v, %v, want errBadHash", hash, ok, err)
		}
	}
}

func TestTheHashForStrangersCostsWhatARealOneCosts(t *testing.T) {
	real, err := HashPassword(context.Background(), "a long password")
	if err != nil {
		t.Fatal(err)
	}
	a, b := strings.Split(real, "$"), strings.Split(strangerHash, "$")
	for i := range 4 {
		if a[i] != b[i] {
			t.Errorf("part %d of the hash for strangers is %q, want %q as in a real one", i, b[i], a[i])
		}
	}
	if len(a[4]) != len(b[4]) || len(a[5]) != len(b[5]) {
		t.Error("salt and key of the hash for strangers have another length than real ones")
	}
	if ok, err := checkPassword(context.Background(), strangerHash, ""); ok || err != nil {
		t.Errorf("checkPassword(strangerHash, nothing) = %v, %v, want false and no error", ok, err)
	}
}

func TestHashingWaitsNoLongerThanItsRequest(t *testing.T) {
	for range cap(hashing) {
		hashing <- struct{}{}
	}
	defer func() {
		for range cap(hashing) {
			<-hashing
		}
	}()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := HashPassword(ctx, "a long password"); !errors.Is(err, context.Canceled) {
		t.Errorf("HashPassword with all cores taken and its request ended: %v, want context.Canceled", err)
	}
}

func TestNewPasswordsAreRefusedWithASentence(t *testing.T) {
	tests := []struct {
		password string
		fine     bool
	}{
		{"", false},
		{"seven77", false},
		{"ééééééé", false},  // seven characters, though fourteen bytes
		{"ééééééëé", true},  // eight
		{"password", false}, // among the first
		{"Password1", false},
		{"  12345678 ", false},
		{"aaaaaaaaaaaa", false},
		{"        ", false},
		{"Ada Lovelace", false}, // the name itself
		{"ada lovelace 1815", true},
		{strings.Repeat("long ", 51), true},
		{strings.Repeat("long ", 52), false},
	}
	for _, test := range tests {
		if got := CheckNewPassword("ada lovelace", test.password); (got == "") != test.fine {
			t.Errorf("CheckNewPassword(%q) = %q, fine: want %v", test.password, got, test.fine)
		}
	}
}

func TestNamesAreRefusedWithASentence(t *testing.T) {
	for name, fine := range map[string]bool{
		"": false, "ada": true, "Ada Lovelace": true, "エイダ": true, "a\u202eb": false, "a\x07b": false,
		"\uFFFD": false, strings.Repeat("é", 40): true, strings.Repeat("é", 41): false,
	} {
		if got := CheckName(name); (got == "") != fine {
			t.Errorf("CheckName(%q) = %q, fine: want %v", name, got, fine)
		}
	}
}
