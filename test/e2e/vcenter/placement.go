package vcenter

import (
	"fmt"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// hostSite is a host as placement sees it.
type hostSite struct {
	index    int
	name     string
	system   *simulator.HostSystem
	passthru *passthruSystem
	memoryMb int64
	cpuMhz   int64
	newest   types.HardwareVersion
}

// refused says why one host can't take a VM.
type refused struct {
	host   *hostSite
	reason string
	memory bool  // for want of memory
	freeMb int64 // then
}

// place finds a host for a VM among the candidates and enters it into the ledger, or says why each refuses.
func (v *VCenter) place(vm types.ManagedObjectReference, name string, n needs, candidates []*hostSite) (option, []refused) {
	policy := v.policy.current()
	v.book.Lock()
	defer v.book.Unlock()
	choice, prescribed := policy.Choices[name]
	var options []option
	var refusals []refused
	for _, host := range candidates {
		if prescribed && host.name != choice.Host {
			continue
		}
		fit, no := v.fits(policy, name, n, host)
		if no != nil {
			refusals = append(refusals, *no)
			continue
		}
		if prescribed && !fit.prescribe(choice.Devices, n, v.free(host)) {
			refusals = append(refusals, refused{host: host, reason: "the prescribed devices don't serve the VM or are not free"})
			continue
		}
		options = append(options, fit)
	}
	if len(options) == 0 {
		return option{}, refusals
	}
	policy.order(name, options)
	best := options[0]
	v.book.holdings[vm] = holding{host: best.host.system.Self, devices: best.devices, memoryMb: n.memoryMb, cpuMhz: n.cpuMhz}
	return best, nil
}

func (v *VCenter) fits(policy policyChoice, name string, n needs, host *hostSite) (option, *refused) {
	no := func(format string, args ...any) (option, *refused) {
		return option{}, &refused{host: host, reason: fmt.Sprintf(format, args...)}
	}
	runtime := host.system.Runtime
	if runtime.ConnectionState != types.HostSystemConnectionStateConnected {
		return no("the host is %s", runtime.ConnectionState)
	}
	if runtime.InMaintenanceMode {
		return no("the host is in maintenance mode")
	}
	if n.hardwareVersion > host.newest {
		return no("the host supports hardware version %d at most", host.newest)
	}
	memoryMb, cpuMhz := v.book.used(host.system.Self)
	if free := host.cpuMhz - cpuMhz; n.cpuMhz > free {
		return no("%d MHz are unreserved, %d needed", free, n.cpuMhz)
	}
	freeMemory := host.memoryMb - memoryMb
	if n.memoryMb > freeMemory {
		_, refusal := no("%d MB of memory are unreserved, %d needed", freeMemory, n.memoryMb)
		refusal.memory, refusal.freeMb = true, freeMemory
		return option{}, refusal
	}
	devices := v.free(host)
	policy.orderDevices(name, devices)
	addresses := assign(n.requests, devices)
	if addresses == nil {
		return no("no free device for each of the %d requests", len(n.requests))
	}
	return option{host: host, devices: addresses, freeMatching: matching(n.requests, devices), freeMemoryMb: freeMemory}, nil
}

// prescribe replaces the devices by the given ones, if these serve the VM.
func (o *option) prescribe(addresses []string, n needs, free []hostDevice) bool {
	if addresses == nil {
		return true
	}
	var devices []hostDevice
	for _, device := range free {
		for _, address := range addresses {
			if device.address == address {
				devices = append(devices, device)
			}
		}
	}
	o.devices = assign(n.requests, devices)
	return o.devices != nil && len(addresses) == len(n.requests)
}

func (v *VCenter) free(host *hostSite) []hostDevice {
	var free []hostDevice
	for _, device := range host.passthru.active() {
		if _, held := v.book.holder(host.system.Self, device.address); !held {
			free = append(free, device)
		}
	}
	return free
}

func matching(requests []deviceRequest, devices []hostDevice) int {
	count := 0
	for _, device := range devices {
		for _, request := range requests {
			if request.takes(device) {
				count++
				break
			}
		}
	}
	return count
}

// failure is what a power-on task fails with.
type failure struct {
	fault   types.BaseMethodFault
	message string
}

// noHost words a refusal as vCenter has it: the hosts and why in the fault's cause.
func noHost(n needs, refusals []refused) *failure {
	cause := &types.NoCompatibleHost{}
	reasons := []string{}
	memoryAlone := len(refusals) > 0
	var unreserved int64
	for _, no := range refusals {
		cause.Host = append(cause.Host, no.host.system.Self)
		cause.Error = append(cause.Error, types.LocalizedMethodFault{Fault: &types.InsufficientResourcesFault{}, LocalizedMessage: no.reason})
		reasons = append(reasons, no.host.name+": "+no.reason)
		memoryAlone = memoryAlone && no.memory
		unreserved = max(unreserved, no.freeMb)
	}
	if len(reasons) == 0 {
		reasons = append(reasons, "the cluster has no such host")
	}
	message := "Insufficient resources. No host is compatible with the virtual machine: " + strings.Join(reasons, "; ")
	insufficient := types.InsufficientResourcesFault{}
	insufficient.FaultCause = &types.LocalizedMethodFault{Fault: cause, LocalizedMessage: message}
	if memoryAlone {
		return &failure{&types.InsufficientMemoryResourcesFault{
			InsufficientResourcesFault: insufficient, Unreserved: unreserved << 20, Requested: n.memoryMb << 20,
		}, message}
	}
	return &failure{&insufficient, message}
}
