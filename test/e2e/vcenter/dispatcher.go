package vcenter

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// dispatcher receives the calls that the simulator answers too simply. The simulator insists on its own VirtualMachine type in many
// places, so a VM can't be wrapped: the receiver of the call is changed instead. The first field must be of package mo.
type dispatcher struct {
	mo.ExtensibleManagedObject

	v *VCenter
}

var taken = map[string]bool{
	"PowerOnVM_Task": true, "PowerOnMultiVM_Task": true, "ResetVM_Task": true,
	"CreateVM_Task": true, "CloneVM_Task": true, "RelocateVM_Task": true,
	"QueryConfigTarget": true, "QueryConfigOption": true, "QueryConfigOptionEx": true,
}

func (v *VCenter) addDispatcher() {
	d := &dispatcher{v: v}
	d.Self = types.ManagedObjectReference{Type: "Dispatcher", Value: "dispatcher"}
	v.registry.Put(d)
	v.registry.Handler = func(ctx *simulator.Context, method *simulator.Method) (mo.Reference, types.BaseMethodFault) {
		if ctx.Session == nil && reads[method.Name] {
			return nil, &types.NotAuthenticated{NoPermission: types.NoPermission{Object: &method.This, PrivilegeId: "System.View"}}
		}
		if taken[method.Name] {
			method.This = d.Self
		} else {
			method.This = v.clusterBrowser(method.This)
		}
		return nil, nil
	}
}

// reads are the calls that the simulator answers to strangers, too.
var reads = map[string]bool{"RetrieveProperties": true, "RetrievePropertiesEx": true, "Fetch": true}
