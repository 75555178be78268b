package vcenter

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
)

// Control listens for what no client of vCenter can do, and returns its address.
func (v *VCenter) Control() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	mux := http.NewServeMux()
	handle(mux, "/faults", func(waiting []Fault) (any, error) {
		var problems []error
		for _, fault := range waiting {
			problems = append(problems, fault.check())
		}
		if err := errors.Join(problems...); err != nil {
			return nil, err
		}
		v.faults.set(waiting)
		return empty{}, nil
	})
	handle(mux, "/sessions/expire", func(empty) (any, error) { v.faults.expireSessions(); return empty{}, nil })
	handle(mux, "/policy", func(next policyChoice) (any, error) {
		if err := checkPolicy(next.Name); err != nil {
			return nil, err
		}
		v.policy.set(next)
		return empty{}, nil
	})
	handle(mux, "/hosts/fail", func(req failRequest) (any, error) { return v.fail(req) })
	handle(mux, "/hosts/restore", func(req hostNames) (any, error) { return empty{}, v.restore(req.Hosts) })
	handle(mux, "/hosts/reboot", func(req hostNames) (any, error) { return empty{}, v.reboot(req.Hosts) })
	go func() { _ = http.Serve(listener, mux) }()
	return "http://" + listener.Addr().String(), nil
}

type hostNames struct {
	Hosts []string `json:"hosts"`
}

type empty struct{}

func handle[T any](mux *http.ServeMux, path string, do func(T) (any, error)) {
	mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
		var request T
		decoder := json.NewDecoder(r.Body)
		decoder.DisallowUnknownFields()
		err := decoder.Decode(&request)
		var answer any
		if err == nil {
			answer, err = do(request)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer)
	})
}
