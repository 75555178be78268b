package vcenter

import (
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// runTask does work as a vCenter task. The simulator's own Task.Run would hold the entity's lock meanwhile, and word an error as the name
// of its Go type.
func runTask(ctx *simulator.Context, entity mo.Reference, name string, work func(*simulator.Context) (types.AnyType, *failure)) types.ManagedObjectReference {
	task := simulator.CreateTask(entity, name, nil)
	ref := ctx.Map.Put(task).Reference()
	update := func(changes ...types.PropertyChange) { ctx.Map.AtomicUpdate(ctx, task, changes) }
	update(
		types.PropertyChange{Name: "info.key", Val: ref.Value},
		types.PropertyChange{Name: "info.task", Val: ref},
		types.PropertyChange{Name: "info.startTime", Val: time.Now()},
		types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateRunning},
	)
	own := sameSession(ctx)
	go func() {
		result, failed := work(own)
		changes := []types.PropertyChange{{Name: "info.completeTime", Val: time.Now()}}
		if failed != nil {
			changes = append(changes,
				types.PropertyChange{Name: "info.error", Val: types.LocalizedMethodFault{Fault: failed.fault, LocalizedMessage: failed.message}},
				types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateError})
		} else {
			changes = append(changes, types.PropertyChange{Name: "info.result", Val: result},
				types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateSuccess})
		}
		own.Map.AtomicUpdate(own, task, changes)
	}()
	return ref
}

// await waits for one of the simulator's own tasks.
func await(ctx *simulator.Context, ref types.ManagedObjectReference) (types.AnyType, *failure) {
	task := ctx.Map.Get(ref).(*simulator.Task)
	task.Wait()
	if err := task.Info.Error; err != nil {
		return nil, &failure{err.Fault, err.LocalizedMessage}
	}
	return task.Info.Result, nil
}

// sameSession is a context of its own for another goroutine: locks belong to contexts.
func sameSession(ctx *simulator.Context) *simulator.Context {
	return &simulator.Context{Context: ctx.Context, Session: ctx.Session, Map: ctx.Map}
}
