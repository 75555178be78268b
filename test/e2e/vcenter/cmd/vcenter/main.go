// Command vcenter runs a simulated vCenter with GPUs: README.md says how.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"passthru/vcenter"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "vcenter:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return fmt.Errorf("wanted one argument, the JSON file that says what the vCenter contains")
	}
	file, err := os.Open(os.Args[1])
	if err != nil {
		return err
	}
	defer file.Close()
	input, err := vcenter.ReadInput(file)
	if err != nil {
		return fmt.Errorf("%s: %w", os.Args[1], err)
	}
	v, err := vcenter.Start(context.Background(), input)
	if err != nil {
		return err
	}
	defer v.Close()
	control, err := v.Control()
	if err != nil {
		return err
	}
	if err := json.NewEncoder(os.Stdout).Encode(v.Ready(control)); err != nil {
		return err
	}
	wait()
	return nil
}

// wait ends on a signal, and when who started it is gone: then standard input ends.
func wait() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	orphaned := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(orphaned)
	}()
	select {
	case <-signals:
	case <-orphaned:
	}
}
