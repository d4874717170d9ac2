package io.nightshift.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.nightshift.ingest.domain.Refused;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * Protobuf's JSON reader takes every bytes field for base64, and OTLP writes ids in hex. 32 and 16 hex digits happen to be
 * base64 without padding, so nothing is lost: encoding the bytes again gives the digits back.
 */
final class HexIds {
    private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");

    private HexIds() {}

    /** Puts the true ids into every message below. */
    static Message.Builder restore(Message.Builder builder) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            if (field.getJavaType() == JavaType.MESSAGE) {
                restoreMessages(builder, field);
            } else if (IDS.contains(field.getName())) {
                builder.setField(field, decoded((ByteString) builder.getField(field), field));
            }
        }
        return builder;
    }

    private static void restoreMessages(Message.Builder builder, FieldDescriptor field) {
        // Attribute values hold no ids, and they are most of a message.
        if (field.getMessageType().getFile().getName().endsWith("common.proto")) {
            return;
        }
        if (field.isRepeated()) {
            for (int i = 0; i < builder.getRepeatedFieldCount(field); i++) {
                Message child = (Message) builder.getRepeatedField(field, i);
                builder.setRepeatedField(field, i, restore(child.toBuilder()).build());
            }
        } else if (builder.hasField(field)) {
            Message child = (Message) builder.getField(field);
            builder.setField(field, restore(child.toBuilder()).build());
        }
    }

    private static ByteString decoded(ByteString misread, FieldDescriptor field) {
        String digits = Base64.getEncoder().withoutPadding().encodeToString(misread.toByteArray());
        try {
            return ByteString.copyFrom(HexFormat.of().parseHex(digits.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw Refused.malformed(field.getJsonName() + " '" + digits
                    + "' is not an even number of hex digits, as OTLP JSON writes ids");
        }
    }
}
