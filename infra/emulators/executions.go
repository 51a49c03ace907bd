package emulators

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"
)

// Collect begins the executions that StartExecution started at an emulator which
// keeps executions but does not run them, as moto does. They begin by the clock
// of the interpreter. Those that have ended meanwhile are stopped there, so that
// the list of running ones stays short.
func (i *Interpreter) Collect(ctx context.Context, client *sfn.Client, machineARN string) error {
	running := sfn.NewListExecutionsPaginator(client, &sfn.ListExecutionsInput{
		StateMachineArn: &machineARN, StatusFilter: types.ExecutionStatusRunning,
	})
	for running.HasMorePages() {
		page, err := running.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, e := range page.Executions {
			if err := i.collect(ctx, client, e); err != nil {
				return err
			}
		}
	}
	return nil
}

func (i *Interpreter) collect(ctx context.Context, client *sfn.Client, e types.ExecutionListItem) error {
	switch known, ok := i.Execution(*e.Name); {
	case ok && known.Status == "RUNNING":
		return nil
	case ok:
		_, err := client.StopExecution(ctx, &sfn.StopExecutionInput{ExecutionArn: e.ExecutionArn})
		return err
	}
	started, err := client.DescribeExecution(ctx, &sfn.DescribeExecutionInput{ExecutionArn: e.ExecutionArn})
	if err != nil {
		return err
	}
	return i.Begin(*e.Name, []byte(*started.Input))
}
