package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// The cost of argon2id: the second recommended option of RFC 9106 scaled to
// 19 MiB as OWASP advises; about 35 ms on one core.
const (
	argonMemory  = 19 * 1024 // KiB
	argonTime    = 2
	argonThreads = 1
	argonSalt    = 16 // bytes
	argonKey     = 32 // bytes
)

// What a password may be. Nothing is asked of its composition.
const (
	minPassword = 8   // characters
	maxPassword = 256 // characters; longer ones would only cost time
)

// hashing lets as many hashes be computed at once as there are cores, so that
// sign-ins cannot take all memory nor delay reviews for long.
var hashing = make(chan struct{}, runtime.NumCPU())

var errBadHash = errors.New("not an argon2id hash")

// strangerHash is verified against when a name is unknown, so that the answer
// takes as long as for a known one. Its key is arbitrary: no password is known to
// give it.
const strangerHash = "$argon2id$v=19$m=19456,t=2,p=1$c3VwcG9zZWRseS1yYW5kbw$mZ0b3ZbQ0V1kq0XvJXh0n3kqgQ6m6mEwT7mU2m4f2sM"

// HashPassword returns the PHC string of password: argon2id with a fresh salt. It
// waits for a free core, and returns ctx's error when ctx ends before.
func HashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, argonSalt)
	_, _ = rand.Read(salt) // never fails, by its documentation
	key, err := derive(ctx, password, salt, argonTime, argonMemory, argonThreads, argonKey)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version,
		argonMemory, argonTime, argonThreads, enc.EncodeToString(salt), enc.EncodeToString(key)), nil
}

// checkPassword reports whether password belongs to the PHC string hash.
func checkPassword(ctx context.Context, hash, password string) (bool, error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return false, errBadHash
	}
	var memory, time uint32
	var threads uint8
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &threads); err != nil {
		return false, fmt.Errorf("%w: %w", errBadHash, err)
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err := errors.Join(err1, err2); err != nil {
		return false, fmt.Errorf("%w: %w", errBadHash, err)
	}
	if memory > 1<<20 || time < 1 || time > 16 || threads < 1 || len(want) < 16 || len(want) > 64 {
		return false, errBadHash
	}
	got, err := derive(ctx, password, salt, time, memory, threads, uint32(len(want)))
	if err != nil {
		return false, fmt.Errorf("check password: %w", err)
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

func derive(ctx context.Context, password string, salt []byte, time, memory uint32, threads uint8, size uint32) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, time, memory, threads, size), nil
}

// CheckNewPassword says in one sentence what is wrong with a password that a
// person of that name chooses, "" when nothing is.
func CheckNewPassword(name, password string) string {
	plain := strings.ToLower(strings.TrimSpace(password))
	switch {
	case utf8.RuneCountInString(password) < minPassword:
		return fmt.Sprintf("This password is too short: take %d characters or more.", minPassword)
	case utf8.RuneCountInString(password) > maxPassword:
		return fmt.Sprintf("This password is too long: take %d characters or fewer.", maxPassword)
	case plain == strings.ToLower(name) || oneCharacter(plain) || commonPasswords[plain]:
		return "This password is among the first that anyone would try. Take another."
	}
	return ""
}

// oneCharacter reports whether s is one character over and over, or nothing.
func oneCharacter(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.Trim(s, string(first)) == ""
}

// commonPasswords are the most used ones of eight characters or more.
var commonPasswords = func() map[string]bool {
	set := map[string]bool{}
	for _, p := range strings.Fields(`12345678 123456789 1234567890 0123456789 123123123 12341234 87654321 987654321
		password password1 password12 password123 passw0rd p@ssw0rd p@ssword pa55word qwertyui qwertyuiop qwerty12
		qwerty123 qwerty1234 1q2w3e4r 1q2w3e4r5t 1qaz2wsx zaq12wsx asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123 abcd1234
		abc12345 abcdefgh abcdefg1 a1b2c3d4 iloveyou iloveyou1 sunshine sunshine1 princess princess1 football football1
		baseball baseball1 basketball superman superman1 batman123 starwars starwars1 whatever trustno1 trustno1!
		welcome1 welcome123 letmein1 letmein123 monkey123 dragon123 master123 shadow123 michael1 jennifer jordan23
		computer internet samsung1 liverpool chelsea1 arsenal1 mustang1 corvette mercedes porsche1 ferrari1 hello123
		hello1234 secret123 changeme changeme1 default1 administrator admin123 admin1234 guest123 test1234 testtest
		testing1 testing123 11223344 12344321 13131313 147258369 159753456 741852963 789456123 963852741 99999999a
		qazwsxedc q1w2e3r4 q1w2e3r4t5 charlie1 michelle victoria elizabeth alexander christian blink182 pokemon1
		minecraft fortnite charlotte butterfly chocolate cocacola snoopy12 lovelove iloveu12 fuckyou1 password! password1!
		flashcard flashcards studying1 recto123 rectorecto`) {
		set[p] = true
	}
	return set
}()
