package dynamo_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"motorpool/infra/emulators"
	"motorpool/shared/table"
	"motorpool/shared/table/dynamo"
	"motorpool/shared/table/tabletest"
)

func TestTable(t *testing.T) {
	t.Parallel()
	client := dynamodb.NewFromConfig(emulators.Config(emulators.DynamoDB(t)))
	tabletest.Run(t, func(t *testing.T, now func() time.Time) table.Table {
		return dynamo.New(client, create(t, client), now)
	})
}

func TestMover(t *testing.T) {
	t.Parallel()
	client := dynamodb.NewFromConfig(emulators.Config(emulators.DynamoDB(t)))
	tabletest.RunMover(t, func(t *testing.T, now func() time.Time) tabletest.Movable {
		return dynamo.NewMover(client, create(t, client), now)
	})
}

var tables atomic.Int64

// create makes a table of its own for the test.
func create(t *testing.T, client *dynamodb.Client) (name string) {
	t.Helper()
	name = fmt.Sprintf("motorpool-%d", tables.Add(1))
	if _, err := client.CreateTable(t.Context(), dynamo.Schema(name)); err != nil {
		t.Fatal(err)
	}
	active := dynamodb.NewTableExistsWaiter(client, func(o *dynamodb.TableExistsWaiterOptions) { o.MinDelay = 20 * time.Millisecond })
	if err := active.Wait(t.Context(), &dynamodb.DescribeTableInput{TableName: &name}, time.Minute); err != nil {
		t.Fatal(err)
	}
	if _, err := client.UpdateTimeToLive(t.Context(), dynamo.TimeToLive(name)); err != nil {
		t.Fatal(err)
	}
	return name
}
