package vcenter

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// Fault is something that goes wrong on demand: README.md lists the kinds.
type Fault struct {
	Method  string `json:"method"`
	Skip    int    `json:"skip"`
	Times   *int   `json:"times"`
	Kind    string `json:"kind"`
	Fault   string `json:"fault"`
	Message string `json:"message"`
	Status  int    `json:"status"`
	DelayMs int    `json:"delayMs"`
	After   bool   `json:"after"`
}

func (f Fault) check() error {
	switch f.Kind {
	case "fault", "delay", "drop", "expire":
		return nil
	case "status":
		if f.Status >= 400 && f.Status < 600 {
			return nil
		}
		return fmt.Errorf("found the status %d, wanted 400 to 599", f.Status)
	}
	return fmt.Errorf("found a fault of kind %q, wanted fault, status, delay, drop or expire", f.Kind)
}

// faults stands before the simulator's web server, so that what it does wrong looks as it does on the wire.
type faults struct {
	mu      sync.Mutex
	waiting []*Fault
	seen    map[string]bool // sessions that were used since the last expiry
	expired map[string]bool
}

const sessionCookie = "vmware_soap_session"

func newFaults(waiting []Fault) *faults {
	f := &faults{expired: map[string]bool{}, seen: map[string]bool{}}
	f.set(waiting)
	return f
}

func (f *faults) set(waiting []Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting = nil
	for i := range waiting {
		f.waiting = append(f.waiting, &waiting[i])
	}
}

func (f *faults) expireSessions() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for id := range f.seen {
		f.expired[id] = true
	}
	f.seen = map[string]bool{}
}

func (f *faults) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		fault := f.next(methodOf(body))
		if fault != nil && f.happens(fault, w, r, next) {
			return
		}
		f.forgetExpired(r)
		next.ServeHTTP(w, r)
	})
}

// happens does what the fault says; false lets the call go on.
func (f *faults) happens(fault *Fault, w http.ResponseWriter, r *http.Request, next http.Handler) bool {
	switch fault.Kind {
	case "delay":
		select {
		case <-time.After(time.Duration(fault.DelayMs) * time.Millisecond):
		case <-r.Context().Done():
		}
		return false
	case "expire":
		if cookie, err := r.Cookie(sessionCookie); err == nil {
			f.mu.Lock()
			f.seen[cookie.Value] = true
			f.mu.Unlock()
		}
		f.expireSessions()
		return false
	case "status":
		http.Error(w, http.StatusText(fault.Status), fault.Status)
	case "drop":
		if fault.After {
			f.forgetExpired(r)
			next.ServeHTTP(discard{http.Header{}}, r)
		}
		panic(http.ErrAbortHandler) // the documented way to end the connection
	case "fault":
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = io.WriteString(w, fault.envelope())
	}
	return true
}

// next takes the first waiting fault of this method, counting down.
func (f *faults) next(method string) *Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	if method == "" {
		return nil
	}
	for i, fault := range f.waiting {
		if fault.Method != "" && fault.Method != method {
			continue
		}
		if fault.Skip > 0 {
			fault.Skip--
			return nil
		}
		happening := *fault
		if fault.Times == nil || *fault.Times == 1 {
			f.waiting = append(f.waiting[:i:i], f.waiting[i+1:]...)
		} else if *fault.Times > 1 {
			left := *fault.Times - 1
			fault.Times = &left
		}
		return &happening
	}
	return nil
}

// forgetExpired takes the cookie off a request whose session has ended, so that the simulator does not know it either.
func (f *faults) forgetExpired(r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return
	}
	if f.expired[cookie.Value] {
		r.Header.Del("Cookie")
	} else {
		f.seen[cookie.Value] = true
	}
}

func (f Fault) envelope() string {
	kind, message := f.Fault, f.Message
	if kind == "" {
		kind = "HostConfigFault"
	}
	if message == "" {
		message = "the simulated vCenter was told to fail here"
	}
	var text bytes.Buffer
	_ = xml.EscapeText(&text, []byte(message))
	return fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<soapenv:Body><soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>%s</faultstring>
<detail><%[2]sFault xmlns="urn:vim25" xsi:type="%[2]s"></%[2]sFault></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>`, text.String(), kind)
}

// methodOf is the name of the first element in the SOAP body, or nothing.
func methodOf(body []byte) string {
	decoder := xml.NewDecoder(bytes.NewReader(body))
	for inBody := false; ; {
		token, err := decoder.Token()
		if err != nil {
			return ""
		}
		if start, ok := token.(xml.StartElement); ok {
			if inBody {
				return start.Name.Local
			}
			inBody = start.Name.Local == "Body"
		}
	}
}

// discard is an answer that nobody gets.
type discard struct{ header http.Header }

func (d discard) Header() http.Header           { return d.header }
func (discard) Write(bytes []byte) (int, error) { return len(bytes), nil }
func (discard) WriteHeader(int)                 {}
