// Package vcenter is govmomi's simulator with GPUs in its hosts, and a power-on that needs them. README.md says what it is told and
// answers.
package vcenter

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Input is what the simulated vCenter contains.
type Input struct {
	Policy     string    `json:"policy"`
	Seed       uint64    `json:"seed"`
	User       string    `json:"user"`
	Password   string    `json:"password"`
	Datacenter string    `json:"datacenter"`
	Datastore  string    `json:"datastore"`
	Faults     []Fault   `json:"faults"`
	Clusters   []Cluster `json:"clusters"`
}

type Cluster struct {
	Name      string     `json:"name"`
	Drs       Drs        `json:"drs"`
	Ha        *Ha        `json:"ha"`
	Hosts     []Host     `json:"hosts"`
	Vms       []Vm       `json:"vms"`
	Templates []Template `json:"templates"`
}

type Drs struct {
	Enabled         *bool  `json:"enabled"`
	AutomationLevel string `json:"automation_level"`
}

type Ha struct {
	Enabled                *bool  `json:"enabled"`
	DefaultRestartPriority string `json:"default_restart_priority"`
	HostFailuresToTolerate int    `json:"host_failures_to_tolerate"` // nothing here depends on it
	AdmissionControl       string `json:"admission_control"`
}

type Host struct {
	Name                string   `json:"name"`
	Esxi                string   `json:"esxi"`
	CpuMhz              int      `json:"cpu_mhz"`
	MemoryMb            int64    `json:"memory_mb"`
	RebindWithoutReboot bool     `json:"rebind_without_reboot"`
	Devices             []Device `json:"devices"`
}

type Device struct {
	Address     string `json:"address"`
	ID          string `json:"id"`
	Subsystem   string `json:"subsystem"`
	Revision    string `json:"revision"`
	Label       string `json:"label"`
	Passthrough string `json:"passthrough"`
	Name        string `json:"name"`
}

type Vm struct {
	Name                string    `json:"name"`
	Host                string    `json:"host"`
	Cpus                int32     `json:"cpus"`
	CpuReservationMhz   int64     `json:"cpu_reservation_mhz"`
	MemoryMb            int64     `json:"memory_mb"`
	MemoryReservationMb int64     `json:"memory_reservation_mb"`
	HardwareVersion     int       `json:"hardware_version"`
	Requests            []Request `json:"requests"`
	Devices             []string  `json:"devices"`
	RestartPriority     string    `json:"restart_priority"`
}

type Template struct {
	Name            string    `json:"name"`
	Uuid            string    `json:"uuid"`
	Cpus            int32     `json:"cpus"`
	MemoryMb        int64     `json:"memory_mb"`
	HardwareVersion int       `json:"hardware_version"`
	Devices         []Request `json:"devices"`
}

// Request is a dynamic device that a VM asks for.
type Request struct {
	Allowed []string `json:"allowed"`
	Label   string   `json:"label"`
}

// ReadInput reads one JSON text, fills in what may be left out and refuses what the simulator would silently not do.
func ReadInput(r io.Reader) (*Input, error) {
	decoder := json.NewDecoder(r)
	decoder.DisallowUnknownFields()
	in := &Input{Policy: PolicyFirst, User: "rig@vsphere.local", Datacenter: "dc-1", Datastore: "datastore-1"}
	if err := decoder.Decode(in); err != nil {
		return nil, err
	}
	if in.Password == "" {
		in.Password = randomPassword()
	}
	return in, in.check()
}

func (in *Input) check() error {
	problems := []error{checkPolicy(in.Policy)}
	for _, fault := range in.Faults {
		problems = append(problems, fault.check())
	}
	for i := range in.Clusters {
		problems = append(problems, in.Clusters[i].check())
	}
	return errors.Join(problems...)
}

func (c *Cluster) check() error {
	if c.Ha != nil && c.Ha.AdmissionControl != "disabled" {
		return fmt.Errorf("cluster %q: found admission_control %q, wanted \"disabled\": the simulator has none", c.Name, c.Ha.AdmissionControl)
	}
	if len(c.Hosts) == 0 {
		return fmt.Errorf("cluster %q: found no host, wanted at least one", c.Name)
	}
	for _, host := range c.Hosts {
		if host.CpuMhz <= 0 || host.MemoryMb <= 0 {
			return fmt.Errorf("host %q: wanted cpu_mhz and memory_mb above 0", host.Name)
		}
		for _, device := range host.Devices {
			if err := device.check(); err != nil {
				return fmt.Errorf("host %q: %w", host.Name, err)
			}
		}
	}
	return nil
}

func (c *Cluster) drsEnabled() bool { return c.Drs.Enabled == nil || *c.Drs.Enabled }

func (c *Cluster) haEnabled() bool { return c.Ha != nil && (c.Ha.Enabled == nil || *c.Ha.Enabled) }
