package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"os"
)

// explain says in a sentence why a page could not be fetched. The context is the
// caller's, which tells a request given up from one that took too long.
func explain(ctx context.Context, host string, err error) error {
	var own *Error
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var dial *net.OpError
	switch {
	case errors.As(err, &own):
		return own
	case errors.Is(err, errPrivate):
		return &Error{"This address leads into a private network, where Recto does not look.", err}
	case ctx.Err() != nil:
		return &Error{"Fetching the page was given up.", err}
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded):
		return &Error{host + " took too long to answer. Try again later, or paste the text.", err}
	case errors.As(err, &name) && name.IsNotFound:
		return &Error{"There is no site called " + host + ". Check the address.", err}
	case errors.As(err, &name):
		return &Error{"The name " + host + " could not be looked up. Try again later.", err}
	case errors.As(err, &certificate) || errors.As(err, &record):
		return &Error{"The connection to " + host + " is not secure: its certificate cannot be trusted.", err}
	case errors.As(err, &dial) && dial.Op == "dial":
		return &Error{host + " cannot be reached. Check the address, or try again later.", err}
	}
	return &Error{host + " broke the connection off. Try again later, or paste the text.", err}
}
