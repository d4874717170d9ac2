package io.nightshift.detect.domain.report;

import io.nightshift.events.Anomaly;
import io.nightshift.events.EntityRef;
import io.nightshift.events.ExemplarTrace;
import io.nightshift.events.PathStep;
import java.util.Map;
import java.util.TreeMap;

/** Bounds on text and on records. Untrusted text of any length may reach a detector; none leaves it unbounded. */
public final class Bounded {

    public static final int ANOMALY_BYTES = 16 * 1024;
    private static final int MAX_ATTRIBUTES = 12;
    private static final int MAX_KEY = 64;
    private static final int MAX_VALUE = 80;

    private Bounded() {}

    /** The text cut to so many characters, never through a surrogate pair. */
    public static String text(String text, int limit) {
        if (text == null || text.length() <= limit) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
        return text.substring(0, end);
    }

    /** The first attributes by name, each cut. */
    public static Map<String, String> attributes(Map<String, String> attributes) {
        if (isBounded(attributes)) {
            return attributes;
        }
        Map<String, String> bounded = new TreeMap<>();
        attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MAX_ATTRIBUTES)
                .forEach(e -> bounded.put(text(e.getKey(), MAX_KEY), text(e.getValue(), MAX_VALUE)));
        return bounded;
    }

    private static boolean isBounded(Map<String, String> attributes) {
        if (attributes.size() > MAX_ATTRIBUTES) {
            return false;
        }
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            if (attribute.getKey().length() > MAX_KEY || attribute.getValue().length() > MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    public static EntityRef entity(EntityRef entity) {
        return new EntityRef(
                text(entity.getEnvironment(), 100),
                text(entity.getNamespace(), 100),
                text(entity.getService(), 100),
                text(entity.getInstance(), 120),
                text(entity.getPeer(), 300));
    }

    private static int sizeOf(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .mapToInt(e -> of(e.getKey()) + of(e.getValue()))
                .sum();
    }

    /** An upper bound of the serialised size of an anomaly, bytes: a character takes at most three, a number at most ten. */
    public static int sizeOf(Anomaly a) {
        int size = 200 + of(a.getId()) + of(a.getSeries()) + of(a.getName()) + of(a.getSentence()) + of(a.getSubject());
        if (a.getMetric() != null) {
            var m = a.getMetric();
            size += of(m.getName())
                    + of(m.getUnit())
                    + m.getTimesMicros().size() * 10
                    + m.getValues().size() * 8;
            size += (m.getLower().size() + m.getUpper().size()) * 8;
            size += sizeOf(m.getAttributes());
        }
        if (a.getLog() != null) {
            size += of(a.getLog().getTemplate()) + of(a.getLog().getTemplateId());
            size += a.getLog().getExemplars().stream().mapToInt(Bounded::of).sum();
        }
        if (a.getCalls() != null) {
            var c = a.getCalls();
            size += 100 + c.getTimesMicros().size() * 10 + c.getValues().size() * 8;
            size += (c.getLower().size() + c.getUpper().size()) * 8;
            size += c.getExemplarTraceIds().stream().mapToInt(Bounded::of).sum();
            size += c.getExemplars().stream().mapToInt(Bounded::of).sum();
        }
        if (a.getForecast() != null) {
            size += 100 + of(a.getForecast().getName()) + of(a.getForecast().getUnit());
            size += sizeOf(a.getForecast().getAttributes());
        }
        if (a.getSlo() != null) {
            size += 100 + of(a.getSlo().getObjective());
        }
        return size + a.getRefs().stream().mapToInt(r -> 16 + of(r.getTopic())).sum();
    }

    private static int of(ExemplarTrace exemplar) {
        int size = 20 + of(exemplar.getTraceId()) + of(exemplar.getSpanId());
        for (PathStep step : exemplar.getPath()) {
            size += 20 + of(step.getService()) + of(step.getName()) + of(step.getSpanId()) + of(step.getPeer());
        }
        return size;
    }

    public static int of(EntityRef e) {
        return of(e.getEnvironment())
                + of(e.getNamespace())
                + of(e.getService())
                + of(e.getInstance())
                + of(e.getPeer());
    }

    public static int of(String text) {
        return text == null ? 1 : 5 + 3 * text.length();
    }
}
