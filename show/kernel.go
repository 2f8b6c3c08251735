//go:build !js

package show

import (
	"fmt"

	"github.com/janpfeifer/gonb/gonbui"
	"github.com/janpfeifer/gonb/gonbui/protocol"
)

// inNotebook reports whether deliver has somewhere to show things.
func inNotebook() bool { return gonbui.IsNotebook }

// panicsAreTraces reports whether a panic is shown to the reader as a stack trace.
func panicsAreTraces() bool { return gonbui.IsNotebook }

// uniqueID returns a new id for deliver.
func uniqueID() string { return gonbui.UniqueId() }

// deliver sends content to the notebook and waits until the kernel has received it. Otherwise it
// could be lost: the kernel closes the pipe when the program ends, even with unread data. It
// replaces earlier content with the same id, unless that is empty.
func deliver(mime, content, id string) {
	gonbui.SendData(&protocol.DisplayData{Data: map[protocol.MIMEType]any{protocol.MIMEType(mime): content}, DisplayID: id})
	gonbui.Sync()
	if err := gonbui.Error(); err != nil {
		panic(fmt.Sprintf("show: sending the output to the kernel failed: %v", err))
	}
}
