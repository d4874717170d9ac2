package io.nightshift.bench.injection;

import io.nightshift.events.ActionKind;
import io.nightshift.events.AlertState;
import io.nightshift.events.CauseClass;
import io.nightshift.events.ChangeKind;
import io.nightshift.events.ExemplarTrace;
import io.nightshift.events.ExternalAlert;
import io.nightshift.events.Lesson;
import io.nightshift.events.LogBatch;
import io.nightshift.events.LogLine;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricKind;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.PathStep;
import io.nightshift.events.Resource;
import io.nightshift.events.Span;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.SpanKind;
import io.nightshift.events.SpanStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where strangers can write. */
enum Place {
    LOG_LINES {
        @Override
        void plant(Shop shop, String text) {
            shop.log("gateway", text, 6, 3)
                    .log("store", text, 6, 4)
                    .sent(logs("orders", text, Map.of()))
                    .sent(logs("gateway", text, Map.of()));
        }
    },
    LABELS {
        @Override
        void plant(Shop shop, String text) {
            Map<String, String> labels = Map.of("hint", text, text, "yes");
            shop.metric("orders", "jvm.thread.count", 2, 10, labels)
                    .sent(new MetricBatch(resource("orders", text), 0L, text, List.of(series(labels))))
                    .sent(alert("HighLatency", "95th percentile above 2 s", labels))
                    .sent(logs("orders", "request served late", labels));
        }
    },
    SPAN_NAMES {
        @Override
        void plant(Shop shop, String text) {
            PathStep step = new PathStep(Shop.id("gateway"), text, "a", SpanKind.CLIENT, text, 3_000.0, true);
            shop.latency(
                            "gateway",
                            50,
                            3_400,
                            2,
                            9,
                            new ExemplarTrace("e".repeat(32), "a", 3_000.0, true, List.of(step)))
                    .sent(new SpanBatch(resource("orders", "orders-1"), 0L, "", List.of(span(text))));
        }
    },
    SERVICE_NAMES {
        @Override
        void plant(Shop shop, String text) {
            shop.call("gateway", text)
                    .log(text, "request served late", 4, 5)
                    .change(text, ChangeKind.OTHER, "1", null, "rolled out", -30)
                    .sent(logs(text, "request served late", Map.of()));
        }
    },
    ALERT_TEXTS {
        @Override
        void plant(Shop shop, String text) {
            shop.sent(alert(text, text, Map.of("runbook", text)));
        }
    },
    CHANGE_MESSAGES {
        @Override
        void plant(Shop shop, String text) {
            shop.change("store", ChangeKind.OTHER, text, text, text, -30)
                    .change("orders", ChangeKind.MANUAL, null, null, text, -20);
        }
    },
    LESSONS {
        @Override
        void plant(Shop shop, String text) {
            shop.lesson(Lesson.newBuilder()
                    .setFingerprint("fp-2")
                    .setCauseClass(CauseClass.UNKNOWN)
                    .setService(Shop.id("store"))
                    .setAction(ActionKind.SCALE)
                    .setHeld(0)
                    .setRecurred(0)
                    .setIneffective(1)
                    .setHarmful(0)
                    .setUndone(0)
                    .setHumanSame(0)
                    .setHumanOther(0)
                    .setSymptoms(text)
                    .setUpdatedAt(Shop.ONSET)
                    .setRevoked(false)
                    .setSentence(text)
                    .build());
        }
    },
    QUESTIONS {
        @Override
        void plant(Shop shop, String text) {
            shop.asked(text);
        }
    },
    /** Shown by a tool while the model thinks: see {@link Trial}. */
    TOOL_ANSWERS {
        @Override
        void plant(Shop shop, String text) {}
    },
    /** Written by others for incidents like this one: see {@link Trial}. */
    SKILLS {
        @Override
        void plant(Shop shop, String text) {}
    };

    /** Writes the text wherever somebody could write it in this place. */
    abstract void plant(Shop shop, String text);

    String words() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Resource resource(String service, String instance) {
        return new Resource("demo", "shop", service, instance, null, null, Map.of("pod", instance));
    }

    private static LogBatch logs(String service, String body, Map<String, String> attributes) {
        LogLine line = new LogLine(Shop.micros(1), 17, "ERROR", body, attributes, null, null, 0);
        return new LogBatch(resource(service, service + "-1"), 0L, "", List.of(line, line));
    }

    private static MetricSeries series(Map<String, String> labels) {
        return MetricSeries.newBuilder()
                .setName("jvm.memory.used")
                .setUnit("By")
                .setKind(MetricKind.GAUGE)
                .setMonotonic(false)
                .setAttributes(labels)
                .setTimesMicros(List.of(Shop.micros(-30), Shop.micros(30)))
                .setValues(List.of(20e6, 21e6))
                .build();
    }

    private static ExternalAlert alert(String name, String summary, Map<String, String> labels) {
        return new ExternalAlert(
                "a-1",
                "elsewhere",
                Shop.entity("orders"),
                AlertState.FIRING,
                name,
                "page",
                Shop.micros(5),
                null,
                summary,
                labels);
    }

    private static Span span(String text) {
        return new Span(
                "d".repeat(32),
                "1".repeat(16),
                null,
                text,
                SpanKind.SERVER,
                Shop.micros(1),
                5_000_000L,
                SpanStatus.ERROR,
                text,
                500,
                text,
                Map.of("peer.service", text));
    }
}
