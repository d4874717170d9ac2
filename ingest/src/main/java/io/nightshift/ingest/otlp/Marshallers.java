package io.nightshift.ingest.otlp;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** How calls of our gRPC services are carried: requests as bytes, answers as messages. */
final class Marshallers {

    static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        /** The transport has bounded the length, decompressed. */
        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    static final MethodDescriptor.Marshaller<Message> MESSAGE = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(Message value) {
            return value.toByteString().newInput();
        }

        @Override
        public Message parse(InputStream stream) {
            throw new UnsupportedOperationException("a server reads no answers");
        }
    };

    private Marshallers() {}
}
