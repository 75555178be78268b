package vcenter

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

func (d *dispatcher) PowerOnVMTask(ctx *simulator.Context, req *types.PowerOnVM_Task) soap.HasFault {
	vm, ok := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	if !ok {
		return &methods.PowerOnVM_TaskBody{Fault_: simulator.Fault("", &types.ManagedObjectNotFound{Obj: req.This})}
	}
	if vm.Config.Template {
		return &methods.PowerOnVM_TaskBody{Fault_: simulator.Fault("a template can't be powered on", &types.InvalidState{})}
	}
	task := runTask(ctx, vm, "powerOn", func(ctx *simulator.Context) (types.AnyType, *failure) {
		return nil, d.v.powerOn(ctx, vm, d.v.candidates(vm), false)
	})
	return &methods.PowerOnVM_TaskBody{Res: &types.PowerOnVM_TaskResponse{Returnval: task}}
}

func (d *dispatcher) PowerOnMultiVMTask(ctx *simulator.Context, req *types.PowerOnMultiVM_Task) soap.HasFault {
	task := runTask(ctx, req.This, "powerOnMultiVM", func(ctx *simulator.Context) (types.AnyType, *failure) {
		result := types.ClusterPowerOnVmResult{Attempted: []types.ClusterAttemptedVmInfo{}}
		for _, ref := range req.Vm {
			body := d.PowerOnVMTask(ctx, &types.PowerOnVM_Task{This: ref}).(*methods.PowerOnVM_TaskBody)
			if body.Fault_ == nil {
				result.Attempted = append(result.Attempted, types.ClusterAttemptedVmInfo{Vm: ref, Task: &body.Res.Returnval})
			}
		}
		return result, nil
	})
	return &methods.PowerOnMultiVM_TaskBody{Res: &types.PowerOnMultiVM_TaskResponse{Returnval: task}}
}

// ResetVMTask keeps the VM's devices: the simulator's powers off and on again.
func (d *dispatcher) ResetVMTask(ctx *simulator.Context, req *types.ResetVM_Task) soap.HasFault {
	vm := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	task := runTask(ctx, vm, "reset", func(*simulator.Context) (types.AnyType, *failure) {
		if state := vm.Runtime.PowerState; state != types.VirtualMachinePowerStatePoweredOn {
			fault := &types.InvalidPowerState{RequestedState: types.VirtualMachinePowerStatePoweredOn, ExistingState: state}
			return nil, &failure{fault, "The attempted operation cannot be performed in the current state (Powered off)."}
		}
		return nil, nil
	})
	return &methods.ResetVM_TaskBody{Res: &types.ResetVM_TaskResponse{Returnval: task}}
}

// powerOn starts a VM on one of the candidates, with its devices, or says why not. A restart after a failure asks less: what is refused at
// a first power-on whatever the host has been accepted before.
func (v *VCenter) powerOn(ctx *simulator.Context, vm *simulator.VirtualMachine, candidates []*hostSite, restart bool) *failure {
	var n needs
	var state types.VirtualMachinePowerState
	ctx.WithLock(vm, func() { n, state = needsOf(vm), vm.Runtime.PowerState })
	if state == types.VirtualMachinePowerStatePoweredOn {
		fault := &types.InvalidPowerState{RequestedState: types.VirtualMachinePowerStatePoweredOn, ExistingState: state}
		return &failure{fault, "The attempted operation cannot be performed in the current state (Powered on)."}
	}
	if n.refusal != nil && !restart {
		return &failure{&types.GenericVmConfigFault{Reason: n.refusal.Error()}, "Module 'DevicePowerOn' power on failed: " + n.refusal.Error()}
	}
	place, refusals := v.place(vm.Self, vm.Name, n, candidates)
	if place.host == nil {
		return noHost(n, refusals)
	}
	v.move(ctx, vm, place.host.system)
	var body soap.HasFault
	ctx.WithLock(vm, func() {
		setAssigned(ctx, vm, place.devices)
		body = vm.PowerOnVMTask(ctx, &types.PowerOnVM_Task{This: vm.Self})
	})
	if fault := body.Fault(); fault != nil {
		v.book.release(vm.Self)
		return &failure{fault.VimFault().(types.BaseMethodFault), fault.String}
	}
	_, failed := await(ctx, body.(*methods.PowerOnVM_TaskBody).Res.Returnval)
	if failed != nil {
		v.book.release(vm.Self)
	}
	return failed
}

// candidates are the hosts that a VM may start on: those of its pool's cluster, or without DRS its own.
func (v *VCenter) candidates(vm *simulator.VirtualMachine) []*hostSite {
	own := v.hosts[*vm.Runtime.Host]
	for _, request := range requestsOf(vm.Config.Hardware.Device) {
		if request.address != "" {
			return []*hostSite{own}
		}
	}
	cluster := v.clusterOf(*vm.Runtime.Host)
	if cluster.places(vm.Self) {
		return cluster.sites
	}
	return []*hostSite{own}
}

// RelocateVMTask moves a VM that is off to another host; the simulator's loses it from the hosts' lists. All else is the simulator's.
func (d *dispatcher) RelocateVMTask(ctx *simulator.Context, req *types.RelocateVM_Task) soap.HasFault {
	vm := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	task := runTask(ctx, vm, "relocateVm", func(ctx *simulator.Context) (types.AnyType, *failure) {
		rest := *req
		if ref := req.Spec.Host; ref != nil {
			host, known := d.v.hosts[*ref]
			switch {
			case !known:
				return nil, notFound(*ref)
			case vm.Runtime.PowerState == types.VirtualMachinePowerStatePoweredOn && len(requestsOf(vm.Config.Hardware.Device)) > 0:
				return nil, &failure{&types.MigrationFault{}, "Virtual machine has a PCI passthrough device and can't be migrated while it is powered on"}
			}
			d.v.move(ctx, vm, host.system)
			rest.Spec.Host = nil
		}
		var body soap.HasFault
		ctx.WithLock(vm, func() { body = vm.RelocateVMTask(ctx, &rest) })
		return await(ctx, body.(*methods.RelocateVM_TaskBody).Res.Returnval)
	})
	return &methods.RelocateVM_TaskBody{Res: &types.RelocateVM_TaskResponse{Returnval: task}}
}

// move makes a host the VM's.
func (v *VCenter) move(ctx *simulator.Context, vm *simulator.VirtualMachine, to *simulator.HostSystem) {
	from := v.hosts[*vm.Runtime.Host].system
	if from == to {
		return
	}
	v.setVms(ctx, from, func(vms []types.ManagedObjectReference) []types.ManagedObjectReference { return without(vms, vm.Self) })
	v.setVms(ctx, to, func(vms []types.ManagedObjectReference) []types.ManagedObjectReference { return append(vms, vm.Self) })
	ref := to.Self
	ctx.Map.AtomicUpdate(ctx, vm, []types.PropertyChange{{Name: "runtime.host", Val: &ref}, {Name: "summary.runtime.host", Val: &ref}})
}

func (v *VCenter) setVms(ctx *simulator.Context, host *simulator.HostSystem, change func([]types.ManagedObjectReference) []types.ManagedObjectReference) {
	ctx.WithLock(host, func() {
		ctx.Update(host, []types.PropertyChange{{Name: "vm", Val: change(append([]types.ManagedObjectReference{}, host.Vm...))}})
	})
}

func without(refs []types.ManagedObjectReference, gone types.ManagedObjectReference) []types.ManagedObjectReference {
	left := []types.ManagedObjectReference{}
	for _, ref := range refs {
		if ref != gone {
			left = append(left, ref)
		}
	}
	return left
}

// setAssigned writes the devices that a VM holds into its dynamic devices, in order; none clears them. The caller holds the VM's lock.
func setAssigned(ctx *simulator.Context, vm *simulator.VirtualMachine, addresses []string) {
	devices := append([]types.BaseVirtualDevice{}, vm.Config.Hardware.Device...)
	next, changed := 0, false
	for i, device := range devices {
		passthrough, ok := device.(*types.VirtualPCIPassthrough)
		if !ok {
			continue
		}
		address := ""
		if next < len(addresses) {
			address = addresses[next]
		}
		next++
		if backing, ok := passthrough.Backing.(*types.VirtualPCIPassthroughDynamicBackingInfo); ok && backing.AssignedId != address {
			// Copies, because somebody may be reading the old ones.
			assigned, holder := *backing, *passthrough
			assigned.AssignedId = address
			holder.Backing = &assigned
			devices[i], changed = &holder, true
		}
	}
	if changed {
		ctx.Update(vm, []types.PropertyChange{{Name: "config.hardware.device", Val: devices}})
	}
}

// releaser gives back what a VM held once it is off or gone. It is called under the VM's lock.
type releaser struct {
	mo.ExtensibleManagedObject

	v *VCenter
}

func (r *releaser) PutObject(_ *simulator.Context, item mo.Reference) {
	if vm, ok := item.(*simulator.VirtualMachine); ok && vm.Config != nil {
		// The vSphere provider's default; an empty one is a difference for ever.
		vm.Config.SwapPlacement = string(types.VirtualMachineConfigInfoSwapPlacementTypeInherit)
	}
}

func (r *releaser) UpdateObject(ctx *simulator.Context, item mo.Reference, changes []types.PropertyChange) {
	if item.Reference().Type != "VirtualMachine" {
		return
	}
	for _, change := range changes {
		if change.Name == "runtime.powerState" && change.Val == types.VirtualMachinePowerStatePoweredOff {
			r.v.book.release(item.Reference())
			if vm, ok := ctx.Map.Get(item.Reference()).(*simulator.VirtualMachine); ok {
				setAssigned(ctx, vm, nil)
			}
		}
	}
}

func (r *releaser) RemoveObject(_ *simulator.Context, ref types.ManagedObjectReference) {
	if ref.Type == "VirtualMachine" {
		r.v.book.release(ref)
		r.v.browsers.forget(ref)
	}
}
