package vcenter

import (
	"sync"

	"github.com/vmware/govmomi/vim25/types"
)

// ledger is who holds what. A VM is in it from the decision to start it until it is off or gone. Nobody locks a VM while holding it.
type ledger struct {
	sync.Mutex
	holdings map[types.ManagedObjectReference]holding
}

type holding struct {
	host     types.ManagedObjectReference
	devices  []string
	memoryMb int64
	cpuMhz   int64
}

func newLedger() *ledger { return &ledger{holdings: map[types.ManagedObjectReference]holding{}} }

func (l *ledger) holder(host types.ManagedObjectReference, address string) (types.ManagedObjectReference, bool) {
	for vm, h := range l.holdings {
		if h.host == host {
			for _, device := range h.devices {
				if device == address {
					return vm, true
				}
			}
		}
	}
	return types.ManagedObjectReference{}, false
}

func (l *ledger) used(host types.ManagedObjectReference) (memoryMb, cpuMhz int64) {
	for _, h := range l.holdings {
		if h.host == host {
			memoryMb += h.memoryMb
			cpuMhz += h.cpuMhz
		}
	}
	return memoryMb, cpuMhz
}

func (l *ledger) on(host types.ManagedObjectReference) []types.ManagedObjectReference {
	var vms []types.ManagedObjectReference
	for vm, h := range l.holdings {
		if h.host == host {
			vms = append(vms, vm)
		}
	}
	return vms
}

func (l *ledger) release(vm types.ManagedObjectReference) {
	l.Lock()
	defer l.Unlock()
	delete(l.holdings, vm)
}
