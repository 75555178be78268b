package vcenter

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"
)

// failRequest names the hosts that fail together, and the seed of the order in which their VMs restart.
type failRequest struct {
	Hosts []string `json:"hosts"`
	Seed  *uint64  `json:"seed"`
}

// failResult is what became of the VMs of the failed hosts that HA protects.
type failResult struct {
	Order     []string    `json:"order"`
	Restarted []restarted `json:"restarted"`
	Off       []string    `json:"off"`
}

type restarted struct {
	Vm   string `json:"vm"`
	Host string `json:"host"`
}

// fail takes hosts away and restarts their VMs as HA does: by priority, the order inside one by chance, on any other host of the
// cluster that can take them. Nothing that fits nowhere could fit after a later restart: restarts only take.
func (v *VCenter) fail(req failRequest) (*failResult, error) {
	failed, err := v.named(req.Hosts)
	if err != nil {
		return nil, err
	}
	ctx := v.context()
	var victims []*simulator.VirtualMachine
	for _, host := range failed {
		setConnection(ctx, host, types.HostSystemConnectionStateNotResponding)
		victims = append(victims, v.running(host)...)
	}
	for _, vm := range victims {
		if failed := powerOff(ctx, vm); failed != nil {
			return nil, fmt.Errorf("VM %q could not be powered off: %s", vm.Name, failed.message)
		}
	}
	policy := v.policy.current()
	if req.Seed != nil {
		policy.Seed = *req.Seed
	}
	result := &failResult{Order: []string{}, Restarted: []restarted{}, Off: []string{}}
	for _, vm := range v.restartOrder(policy, victims) {
		result.Order = append(result.Order, vm.Name)
		if v.isStatic(vm) || v.powerOn(ctx, vm, v.clusterOf(*vm.Runtime.Host).sites, true) != nil {
			result.Off = append(result.Off, vm.Name)
		} else {
			result.Restarted = append(result.Restarted, restarted{Vm: vm.Name, Host: v.hosts[*vm.Runtime.Host].name})
		}
	}
	return result, nil
}

// restartOrder leaves out what HA does not protect.
func (v *VCenter) restartOrder(policy policyChoice, victims []*simulator.VirtualMachine) []*simulator.VirtualMachine {
	priorities := []string{"highest", "high", "medium", "low", "lowest"}
	tier := func(vm *simulator.VirtualMachine) int {
		c := v.clusterOf(*vm.Runtime.Host)
		ha := v.inputOf(c).Ha
		if ha == nil {
			return -1
		}
		return slices.Index(priorities, c.restartPriority(vm.Self, ha.DefaultRestartPriority))
	}
	var ordered []*simulator.VirtualMachine
	for _, vm := range victims {
		if v.inputOf(v.clusterOf(*vm.Runtime.Host)).haEnabled() && tier(vm) >= 0 {
			ordered = append(ordered, vm)
		}
	}
	slices.SortFunc(ordered, func(a, b *simulator.VirtualMachine) int {
		return cmp.Or(
			cmp.Compare(tier(a), tier(b)),
			cmp.Compare(policy.chance("restart", a.Name), policy.chance("restart", b.Name)),
			cmp.Compare(a.Name, b.Name),
		)
	})
	return ordered
}

func (v *VCenter) inputOf(c *cluster) *Cluster {
	for i := range v.input.Clusters {
		if v.input.Clusters[i].Name == c.Name {
			return &v.input.Clusters[i]
		}
	}
	return &Cluster{}
}

// isStatic tells whether a VM has an exact device: it can't run elsewhere.
func (v *VCenter) isStatic(vm *simulator.VirtualMachine) bool {
	return slices.ContainsFunc(requestsOf(vm.Config.Hardware.Device), func(r deviceRequest) bool { return r.address != "" })
}

func (v *VCenter) restore(names []string) error {
	hosts, err := v.named(names)
	for _, host := range hosts {
		setConnection(v.context(), host, types.HostSystemConnectionStateConnected)
	}
	return err
}

// reboot makes pending changes of passthrough active.
func (v *VCenter) reboot(names []string) error {
	hosts, err := v.named(names)
	if err != nil {
		return err
	}
	for _, host := range hosts {
		if vms := v.running(host); len(vms) > 0 {
			return fmt.Errorf("host %q runs %q: power it off first", host.name, vms[0].Name)
		}
	}
	v.book.Lock()
	defer v.book.Unlock()
	for _, host := range hosts {
		host.passthru.reboot(v.context())
	}
	return nil
}

func (v *VCenter) named(names []string) ([]*hostSite, error) {
	var hosts []*hostSite
	for _, name := range names {
		i := slices.IndexFunc(v.all, func(s *hostSite) bool { return s.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no host %q", name)
		}
		hosts = append(hosts, v.all[i])
	}
	return hosts, nil
}

func (v *VCenter) running(host *hostSite) []*simulator.VirtualMachine {
	v.book.Lock()
	defer v.book.Unlock()
	var vms []*simulator.VirtualMachine
	for _, ref := range v.book.on(host.system.Self) {
		vms = append(vms, v.registry.Get(ref).(*simulator.VirtualMachine))
	}
	return vms
}

func setConnection(ctx *simulator.Context, host *hostSite, state types.HostSystemConnectionState) {
	ctx.Map.AtomicUpdate(ctx, host.system, []types.PropertyChange{{Name: "runtime.connectionState", Val: state}})
}

func powerOff(ctx *simulator.Context, vm *simulator.VirtualMachine) *failure {
	var task types.ManagedObjectReference
	ctx.WithLock(vm, func() {
		task = vm.PowerOffVMTask(ctx, &types.PowerOffVM_Task{This: vm.Self}).(*methods.PowerOffVM_TaskBody).Res.Returnval
	})
	_, failed := await(ctx, task)
	return failed
}
