package vcenter

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// CloneVMTask clones as vCenter does: onto a host of the pool's cluster, with all of the source's configuration and the whole of the
// spec's; the simulator keeps the source's host and drops most of both.
func (d *dispatcher) CloneVMTask(ctx *simulator.Context, req *types.CloneVM_Task) soap.HasFault {
	source, ok := ctx.Map.Get(req.This).(*simulator.VirtualMachine)
	if !ok {
		return &methods.CloneVM_TaskBody{Fault_: simulator.Fault("", &types.ManagedObjectNotFound{Obj: req.This})}
	}
	task := runTask(ctx, source, "cloneVm", func(ctx *simulator.Context) (types.AnyType, *failure) {
		return d.v.clone(ctx, source, req)
	})
	return &methods.CloneVM_TaskBody{Res: &types.CloneVM_TaskResponse{Returnval: task}}
}

func (v *VCenter) clone(ctx *simulator.Context, source *simulator.VirtualMachine, req *types.CloneVM_Task) (types.AnyType, *failure) {
	location := req.Spec.Location
	if location.Pool == nil {
		switch {
		case source.ResourcePool != nil:
			location.Pool = source.ResourcePool
		case req.Spec.Template: // needs none in vCenter
			location.Pool = v.clusterOf(*source.Runtime.Host).ResourcePool
		default:
			fault := &types.InvalidArgument{InvalidProperty: "spec.location.pool"}
			return nil, &failure{fault, "A specified parameter was not correct: spec.location.pool"}
		}
	}
	for _, ref := range []*types.ManagedObjectReference{&req.Folder, location.Datastore, location.Host, location.Pool} {
		if ref != nil && ctx.Map.Get(*ref) == nil {
			return nil, notFound(*ref)
		}
	}
	if location.Host == nil {
		location.Host = v.register(ctx, *location.Pool, req.Name)
	}
	plain := *req
	plain.Spec = types.VirtualMachineCloneSpec{Location: location}
	var body soap.HasFault
	var copied types.VirtualMachineConfigSpec
	ctx.WithLock(source, func() {
		copied = carriedOver(source)
		body = source.CloneVMTask(ctx, &plain)
	})
	if fault := body.Fault(); fault != nil {
		return nil, &failure{fault.VimFault().(types.BaseMethodFault), fault.String}
	}
	result, failed := await(ctx, body.(*methods.CloneVM_TaskBody).Res.Returnval)
	if failed != nil {
		return nil, failed
	}
	clone := ctx.Map.Get(result.(types.ManagedObjectReference)).(*simulator.VirtualMachine)
	v.browsers.add(ctx, clone)
	if failed := v.configure(ctx, clone, copied, req.Spec); failed != nil {
		return nil, failed
	}
	return result, nil
}

func notFound(ref types.ManagedObjectReference) *failure {
	return &failure{&types.ManagedObjectNotFound{Obj: ref}, "The object has already been deleted or has not been completely created"}
}

func (v *VCenter) configure(
	ctx *simulator.Context, clone *simulator.VirtualMachine, copied types.VirtualMachineConfigSpec, spec types.VirtualMachineCloneSpec,
) *failure {
	specs := []types.VirtualMachineConfigSpec{copied}
	if spec.Config != nil {
		specs = append(specs, *spec.Config)
	}
	for _, config := range specs {
		if failed := reconfigure(ctx, clone, config); failed != nil {
			return failed
		}
	}
	ctx.WithLock(clone, func() {
		setAssigned(ctx, clone, nil)
		if spec.Template {
			// Last: a template can't be reconfigured.
			clone.MarkAsTemplate(&types.MarkAsTemplate{This: clone.Self})
		}
	})
	if spec.PowerOn && !spec.Template {
		return v.powerOn(ctx, clone, v.candidates(clone), false)
	}
	return nil
}

func reconfigure(ctx *simulator.Context, vm *simulator.VirtualMachine, spec types.VirtualMachineConfigSpec) *failure {
	var body soap.HasFault
	ctx.WithLock(vm, func() { body = vm.ReconfigVMTask(ctx, &types.ReconfigVM_Task{This: vm.Self, Spec: spec}) })
	_, failed := await(ctx, body.(*methods.ReconfigVM_TaskBody).Res.Returnval)
	return failed
}

// carriedOver is what a clone inherits and the simulator's clone loses. The caller holds the source's lock.
func carriedOver(source *simulator.VirtualMachine) types.VirtualMachineConfigSpec {
	config := source.Config
	spec := types.VirtualMachineConfigSpec{
		Firmware: config.Firmware, GuestId: config.GuestId, Annotation: config.Annotation,
		CpuHotAddEnabled: config.CpuHotAddEnabled, MemoryHotAddEnabled: config.MemoryHotAddEnabled,
		MemoryReservationLockedToMax: config.MemoryReservationLockedToMax,
		CpuAllocation:                copyAllocation(config.CpuAllocation), MemoryAllocation: copyAllocation(config.MemoryAllocation),
		BootOptions: config.BootOptions, Flags: &config.Flags,
	}
	for _, option := range config.ExtraConfig {
		if value := option.GetOptionValue(); value.Key != "govcsim" {
			spec.ExtraConfig = append(spec.ExtraConfig, &types.OptionValue{Key: value.Key, Value: value.Value})
		}
	}
	return spec
}

func copyAllocation(from *types.ResourceAllocationInfo) *types.ResourceAllocationInfo {
	if from == nil {
		return nil
	}
	to := *from
	return &to
}

// CreateVMTask registers the VM at a host by policy; the simulator takes one by chance.
func (d *dispatcher) CreateVMTask(ctx *simulator.Context, req *types.CreateVM_Task) soap.HasFault {
	folder, ok := ctx.Map.Get(req.This).(*simulator.Folder)
	if !ok {
		return &methods.CreateVM_TaskBody{Fault_: simulator.Fault("", &types.ManagedObjectNotFound{Obj: req.This})}
	}
	task := runTask(ctx, folder, "createVm", func(ctx *simulator.Context) (types.AnyType, *failure) {
		registered := *req
		if registered.Host == nil {
			registered.Host = d.v.register(ctx, req.Pool, req.Config.Name)
		}
		var body soap.HasFault
		ctx.WithLock(folder, func() { body = folder.CreateVMTask(ctx, &registered) })
		if fault := body.Fault(); fault != nil {
			return nil, &failure{fault.VimFault().(types.BaseMethodFault), fault.String}
		}
		result, failed := await(ctx, body.(*methods.CreateVM_TaskBody).Res.Returnval)
		if failed == nil {
			d.v.browsers.add(ctx, ctx.Map.Get(result.(types.ManagedObjectReference)).(*simulator.VirtualMachine))
		}
		return result, failed
	})
	return &methods.CreateVM_TaskBody{Res: &types.CreateVM_TaskResponse{Returnval: task}}
}

// register chooses the host that a new VM is registered at: with DRS it is chosen again at power-on.
func (v *VCenter) register(ctx *simulator.Context, pool types.ManagedObjectReference, name string) *types.ManagedObjectReference {
	v.book.Lock()
	defer v.book.Unlock()
	policy := v.policy.current()
	var options []option
	for _, host := range v.clusterOfPool(ctx, pool).sites {
		runtime := host.system.Runtime
		if runtime.ConnectionState != types.HostSystemConnectionStateConnected || runtime.InMaintenanceMode {
			continue
		}
		memoryMb, _ := v.book.used(host.system.Self)
		options = append(options, option{host: host, freeMemoryMb: host.memoryMb - memoryMb})
		if choice, prescribed := policy.Choices[name]; prescribed && choice.Host == host.name {
			return &host.system.Self
		}
	}
	if len(options) == 0 {
		return nil
	}
	policy.order(name, options)
	return &options[0].host.system.Self
}
