package io.nightshift.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Replaces broken UTF-8 in the strings of a serialised message. It reads the message with a copy of its schema in which
 * strings are bytes, mends these, and writes it again. Slow, and only used for messages that could not be read as they are.
 */
final class Utf8Repair {
    private static final Map<String, Utf8Repair> KNOWN = new ConcurrentHashMap<>();

    private final Descriptor relaxed;
    private final Descriptor strict;

    private Utf8Repair(Descriptor strict) {
        this.strict = strict;
        this.relaxed = relaxed(strict.getFile()).findMessageTypeByName(strict.getName());
    }

    static Utf8Repair of(Descriptor type) {
        return KNOWN.computeIfAbsent(type.getFullName(), name -> new Utf8Repair(type));
    }

    /**
     * The message with each malformed sequence in a string replaced by U+FFFD.
     *
     * @throws InvalidProtocolBufferException when it is no such message at all
     */
    ByteString repair(byte[] message) throws InvalidProtocolBufferException {
        return mended(DynamicMessage.parseFrom(relaxed, message), strict).toByteString();
    }

    private static Message mended(Message message, Descriptor original) {
        Message.Builder builder = message.newBuilderForType();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            FieldDescriptor originalField = original.findFieldByNumber(field.getNumber());
            if (field.isRepeated()) {
                for (Object element : (List<?>) entry.getValue()) {
                    builder.addRepeatedField(field, mended(element, originalField));
                }
            } else {
                builder.setField(field, mended(entry.getValue(), originalField));
            }
        }
        return builder.build();
    }

    private static Object mended(Object value, FieldDescriptor original) {
        if (original.getJavaType() == JavaType.MESSAGE) {
            return mended((Message) value, original.getMessageType());
        }
        if (original.getJavaType() == JavaType.STRING) {
            String text = new String(((ByteString) value).toByteArray(), StandardCharsets.UTF_8);
            return ByteString.copyFromUtf8(text);
        }
        return value;
    }

    private static FileDescriptor relaxed(FileDescriptor file) {
        FileDescriptorProto.Builder copy = file.toProto().toBuilder().clearService();
        copy.getMessageTypeBuilderList().forEach(Utf8Repair::relax);
        FileDescriptor[] dependencies =
                file.getDependencies().stream().map(Utf8Repair::relaxed).toArray(FileDescriptor[]::new);
        try {
            return FileDescriptor.buildFrom(copy.build(), dependencies);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException("a valid schema stays valid when its strings become bytes", e);
        }
    }

    private static void relax(DescriptorProto.Builder type) {
        for (FieldDescriptorProto.Builder field : type.getFieldBuilderList()) {
            if (field.getType() == FieldDescriptorProto.Type.TYPE_STRING) {
                field.setType(FieldDescriptorProto.Type.TYPE_BYTES);
            }
        }
        type.getNestedTypeBuilderList().forEach(Utf8Repair::relax);
    }
}
