package io.nightshift.ingest.domain;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;

/** An OTLP value as text: scalars as they are, bytes in base64, arrays and maps as JSON. Nesting is bounded by the parser. */
final class AnyText {
    private AnyText() {}

    static String of(AnyValue value) {
        switch (value.getValueCase()) {
            case STRING_VALUE:
                return value.getStringValue();
            case BOOL_VALUE:
                return Boolean.toString(value.getBoolValue());
            case INT_VALUE:
                return Long.toString(value.getIntValue());
            case DOUBLE_VALUE:
                return Double.toString(value.getDoubleValue());
            case BYTES_VALUE:
                return Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            case ARRAY_VALUE:
            case KVLIST_VALUE:
                StringBuilder json = new StringBuilder();
                write(value, json);
                return json.toString();
            default:
                return "";
        }
    }

    private static void write(AnyValue value, StringBuilder json) {
        switch (value.getValueCase()) {
            case ARRAY_VALUE:
                json.append('[');
                for (AnyValue element : value.getArrayValue().getValuesList()) {
                    separate(json, '[');
                    write(element, json);
                }
                json.append(']');
                break;
            case KVLIST_VALUE:
                json.append('{');
                for (KeyValue entry : value.getKvlistValue().getValuesList()) {
                    separate(json, '{');
                    quote(entry.getKey(), json);
                    json.append(':');
                    write(entry.getValue(), json);
                }
                json.append('}');
                break;
            case BOOL_VALUE:
            case INT_VALUE:
            case DOUBLE_VALUE:
                json.append(of(value));
                break;
            case VALUE_NOT_SET:
                json.append("null");
                break;
            default:
                quote(of(value), json);
        }
    }

    private static void separate(StringBuilder json, char opened) {
        if (json.charAt(json.length() - 1) != opened) {
            json.append(',');
        }
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
