package io.nightshift.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What an evaluation or a benchmark found, in the order in which it was found: a table for people, one object for scripts. */
public final class Figures {

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Adds a number; not-a-number stands as null in JSON, for it was not measured. */
    public Figures put(String name, double value) {
        values.put(name, Double.isNaN(value) || Double.isInfinite(value) ? null : value);
        return this;
    }

    public Figures put(String name, long value) {
        values.put(name, value);
        return this;
    }

    public Figures put(String name, String value) {
        values.put(name, value);
        return this;
    }

    /** Adds the values by system, machine or file. */
    public Figures put(String name, Figures of) {
        values.put(name, of.values);
        return this;
    }

    /** Prints one JSON object on one line, or a table. */
    public void print(PrintStream out, boolean json) {
        if (json) {
            try {
                out.println(new ObjectMapper().writeValueAsString(values));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("numbers and texts are always JSON", e);
            }
        } else {
            print(out, values, "");
        }
    }

    private static void print(PrintStream out, Map<?, ?> values, String indent) {
        values.forEach((name, value) -> {
            if (value instanceof Map<?, ?> of) {
                out.println(indent + name);
                print(out, of, indent + "  ");
            } else {
                out.printf(Locale.ROOT, "%s%-34s %s%n", indent, name, text(value));
            }
        });
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            double size = Math.abs(number);
            return String.format(Locale.ROOT, size >= 1_000 ? "%,.0f" : size >= 10 ? "%.1f" : "%.4f", number);
        }
        return value instanceof Long number ? String.format(Locale.ROOT, "%,d", number) : String.valueOf(value);
    }
}
