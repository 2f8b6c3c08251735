"""Settings of the Jupyter server, written by: go run ./course setup

GoNB's kernel_info_reply has an empty pygments_lexer and the Go version. JupyterLab
stores this language_info in every notebook that it opens: the notebook then has unsaved
changes, a saved one differs from the committed one, and nbconvert highlights it as
Python. So the server replaces language_info in the reply by that of the course's
notebooks.
"""
import json

from jupyter_client.session import DELIM
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

LANGUAGE_INFO = json.loads(r"""{{language_info}}""")


class KernelConnection(ZMQChannelsWebsocketConnection):
    def handle_outgoing_message(self, stream, outgoing_msg):
        if self.kernel_manager.kernel_name == "gonb":
            outgoing_msg = self.corrected(outgoing_msg)
        super().handle_outgoing_message(stream, outgoing_msg)

    def corrected(self, message):
        identities, parts = self.session.feed_identities(message)
        _, header, parent, metadata, content, *buffers = parts
        if self.session.unpack(header)["msg_type"] != "kernel_info_reply":
            return message
        content = self.session.unpack(content)
        content["language_info"] = LANGUAGE_INFO
        signed = [header, parent, metadata, self.session.pack(content)]
        return [*identities, DELIM, self.session.sign(signed), *signed, *buffers]


c = get_config()  # noqa: F821, given by Jupyter
c.ServerApp.kernel_websocket_connection_class = KernelConnection
