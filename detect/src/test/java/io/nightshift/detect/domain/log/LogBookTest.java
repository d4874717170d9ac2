package io.nightshift.detect.domain.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.LogLine;
import io.nightshift.schemas.ServiceKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogBookTest {

    private static final long START = 1_800_000_000_000_000L;
    private static final long SECOND = 1_000_000L;
    private static final ServiceKey ORDERS = new ServiceKey("demo", "shop", "orders");
    private static final int INFO = 9;
    private static final int ERROR = 17;

    private LogBook book = new LogBook(ORDERS);
    private final List<Judgement> said = new ArrayList<>();
    private long now = START;

    @Test
    void aKnownErrorThatComesFarMoreOftenIsABurstAndEnds() {
        for (int second = 0; second < 300; second++) {
            int errors = second >= 200 && second < 220 ? 10 : second % 20 == 0 ? 1 : 0;
            for (int i = 0; i < errors; i++) {
                log(ERROR, "Stock of sku-" + i + " unknown");
            }
            tick();
        }
        assertThat(kinds()).contains(AnomalyKind.BURST);
        assertThat(said.get(said.size() - 1)).isInstanceOf(Judgement.Normal.class);
    }

    @Test
    void aServiceThatJustAppearedMayLogNewErrors() {
        log(ERROR, "Connection refused");
        ticks(30);
        assertThat(said).isEmpty();
    }

    @Test
    void aNewErrorIsSaidWithoutItsSecretsAndEnds() {
        for (int second = 0; second < 100; second++) {
            log(INFO, "all is well");
            tick();
        }
        log(ERROR, "Login of anna@example.org failed: password=hunter2");
        ticks(60);
        Finding found = (Finding) said.get(0);
        assertThat(found.kind()).isEqualTo(AnomalyKind.NEW_TEMPLATE);
        Anomaly anomaly = anomaly(found);
        assertThat(found.sentence() + anomaly.getLog())
                .doesNotContain("hunter2")
                .doesNotContain("anna@");
        assertThat(found.sentence()).startsWith("orders logs an error it has not logged before: Login of");
        assertThat(anomaly.getLog().getExemplars()).hasSize(1);
        assertThat(said.get(said.size() - 1)).isEqualTo(new Judgement.Normal(found.slot()));
    }

    @Test
    void aLineThatSaysItsLevelInItsTextOnlyIsAnErrorToo() {
        for (int second = 0; second < 100; second++) {
            log(0, "03:12:45 [main] INFO  started job " + second);
            tick();
        }
        log(0, "03:12:45 [main] ERROR could not write the index");
        ticks(10);
        assertThat(kinds()).contains(AnomalyKind.NEW_TEMPLATE);
    }

    @Test
    void aHeartbeatThatStopsIsASilenceUntilItComesAgain() {
        life(600, true, true);
        assertThat(said).isEmpty();
        life(120, false, true);
        Finding silence = (Finding) said.get(0);
        assertThat(silence.kind()).isEqualTo(AnomalyKind.SILENCE);
        assertThat(silence.sentence()).contains("what it logs every 10.0 s: Lease renewed for node");
        assertThat(silence.onsetMicros()).isBetween(START + 585 * SECOND, START + 600 * SECOND);
        life(20, true, true);
        assertThat(said.get(said.size() - 1)).isEqualTo(new Judgement.Normal(silence.slot()));
    }

    @Test
    void aComplaintThatStopsIsNotMissed() {
        complain(ERROR);
        assertThat(kinds()).doesNotContain(AnomalyKind.SILENCE);
        now = START;
        book = new LogBook(ORDERS);
        said.clear();
        complain(INFO);
        assertThat(kinds()).as("the same of a line that is none").contains(AnomalyKind.SILENCE);
    }

    @Test
    void linesOfALoadThatStopsAreNoHeartbeat() {
        for (int second = 0; second < 600; second++) {
            for (int line = 0; line < 5; line++) {
                book.add(
                        LogLine.newBuilder()
                                .setTimeMicros(now + line * SECOND / 5)
                                .setSeverity(INFO)
                                .setBody("Order placed")
                                .build(),
                        null);
            }
            tick();
        }
        life(120, false, true);
        assertThat(kinds()).doesNotContain(AnomalyKind.SILENCE);
    }

    private void complain(int severity) {
        for (int second = 0; second < 600; second++) {
            if (second % 10 == 0) {
                log(severity, "Stock unknown: inventory answered 503");
            }
            book.heard(now);
            tick();
        }
        life(120, false, true);
    }

    @Test
    void aServiceOfWhichNothingIsHeardIsNotSilentAboutItsHeartbeat() {
        life(600, true, true);
        life(300, false, false);
        assertThat(said).isEmpty();
    }

    @Test
    void timeThatJumpsIsNoSilence() {
        life(600, true, true);
        now += 900 * SECOND;
        life(60, true, true);
        assertThat(said).isEmpty();
    }

    @Test
    void whatComesAtRandomMayStayAway() {
        Random random = new Random(3);
        for (int second = 0; second < 3_600; second++) {
            if (random.nextInt(10) == 0 && second < 3_000) {
                log(INFO, "Order " + second + " placed");
            }
            log(INFO, "Request " + second + " served");
            tick();
        }
        assertThat(said).isEmpty();
    }

    @Test
    void moreOfEverythingIsNoShiftAndMoreErrorsAre() {
        mix(45, 60, 0.05);
        mix(10, 600, 0.05);
        mix(10, 60, 0.05);
        assertThat(said).isEmpty();
        mix(10, 60, 0.5);
        Finding shift = said.stream()
                .filter(Finding.class::isInstance)
                .map(Finding.class::cast)
                .filter(f -> f.kind() == AnomalyKind.PROPORTION)
                .findFirst()
                .orElseThrow();
        assertThat(shift.name()).isEqualTo(LogFindings.TROUBLE);
        assertThat(shift.sentence())
                .contains("errors and warnings are")
                .contains("50 % of its log lines (usually 4.9 %), mostly Retry");
        mix(10, 60, 0.05);
        assertThat(said.get(said.size() - 1)).isEqualTo(new Judgement.Normal(shift.slot()));
    }

    /** Three days of a load that goes up and down threefold within a day and jumps by chance each minute. */
    @Test
    void ordinaryDaysSayNothing() {
        Random random = new Random(11);
        for (int minute = 0; minute < 3 * 1_440; minute++) {
            double daily = 40 * (2 + Math.sin(minute * 2 * Math.PI / 1_440));
            mixed(
                    random,
                    (int) (daily * Math.exp(0.3 * random.nextGaussian())),
                    0.02 * Math.exp(0.3 * random.nextGaussian()));
        }
        assertThat(said)
                .extracting(j -> j instanceof Finding f ? f.sentence() : j.toString())
                .isEmpty();
    }

    @Test
    void idsAndWhatWasLearnedSurviveARestart() {
        List<String> names = List.of("anna", "bert", "carl", "dora", "emil", "frida");
        for (String name : names) {
            log(ERROR, "Payment refused for customer " + name + " without reason");
            log(INFO, "Order 17 placed by " + name + " in 3 ms");
        }
        String id = book.templateOf("Payment refused for customer zoe without reason");
        String other = book.templateOf("Order 18 placed by anna in 3 ms");
        int templates = book.templates();
        book = LogBook.fromBytes(book.toBytes(), ORDERS);
        assertThat(book.templateOf("Payment refused for customer yves without reason"))
                .isEqualTo(id);
        assertThat(book.templateOf("Order 19 placed by xaver in 9 ms")).isEqualTo(other);
        assertThat(book.templates()).isEqualTo(templates);
    }

    @Test
    void evidenceIsCountedAgainAfterARestart() {
        for (String name : List.of("anna", "bert", "carl", "dora")) {
            log(ERROR, "Payment refused for customer " + name + " without reason");
        }
        book = LogBook.fromBytes(book.toBytes(), ORDERS);
        log(ERROR, "Payment refused for customer emil without reason");
        assertThat(book.templates()).isEqualTo(1);
    }

    @Test
    void aRestartDoesNotMakeKnownErrorsNew() {
        for (int second = 0; second < 100; second++) {
            log(second % 50 == 0 ? ERROR : INFO, second % 50 == 0 ? "Stock unknown" : "all is well");
            tick();
        }
        book = LogBook.fromBytes(book.toBytes(), ORDERS);
        log(ERROR, "Stock unknown");
        ticks(20);
        assertThat(said).isEmpty();
    }

    @Test
    void whatIsStoredIsBoundedAndHoldsWhatCameLast() {
        Random random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder line = new StringBuilder();
            for (int w = 0; w < 60; w++) {
                line.append(LogMinerTest.word(random.nextInt())).append(' ');
            }
            log(ERROR, line.toString());
        }
        log(ERROR, "the last of all errors");
        String id = book.templateOf("the last of all errors");
        byte[] stored = book.toBytes();
        assertThat(stored.length).isLessThan(900 * 1024);
        LogBook restored = LogBook.fromBytes(stored, ORDERS);
        assertThat(restored.templates()).isGreaterThan(100);
        int known = restored.templates();
        assertThat(restored.templateOf("the last of all errors")).isEqualTo(id);
        assertThat(restored.templates()).isEqualTo(known);
    }

    @Test
    void templatesThatNobodySawForAWeekAreForgotten() {
        log(INFO, "migration finished");
        for (int hour = 0; hour < 8 * 24; hour++) {
            now += 3_600 * SECOND;
            log(INFO, "all is well");
            ticks(65);
        }
        assertThat(book.templates()).isEqualTo(1);
    }

    @Test
    void stateOfAnotherFormBeginsAfresh() {
        assertThat(LogBook.fromBytes("\u0001anything".getBytes(StandardCharsets.UTF_8), ORDERS)
                        .templates())
                .isZero();
    }

    private void life(int seconds, boolean beats, boolean speaks) {
        for (int i = 0; i < seconds; i++) {
            if (beats && now / SECOND % 10 == 0) {
                log(INFO, "Lease renewed for node " + i);
            }
            if (speaks) {
                book.heard(now);
            }
            tick();
        }
    }

    private void mix(int minutes, int lines, double errors) {
        Random random = new Random(minutes * 31L + lines);
        for (int minute = 0; minute < minutes; minute++) {
            mixed(random, lines, errors);
        }
    }

    private void mixed(Random random, int lines, double errors) {
        for (int second = 0; second < 60; second++) {
            int here = lines / 60 + (random.nextInt(60) < lines % 60 ? 1 : 0);
            for (int i = 0; i < here; i++) {
                if (random.nextDouble() < errors) {
                    log(13, "Retry " + i + " of call");
                } else {
                    log(INFO, random.nextBoolean() ? "Order " + i + " placed" : "Request " + i + " served");
                }
            }
            tick();
        }
    }

    private void ticks(int seconds) {
        for (int i = 0; i < seconds; i++) {
            tick();
        }
    }

    private void tick() {
        now += SECOND;
        book.time(now, said::add);
    }

    private void log(int severity, String body) {
        book.add(
                LogLine.newBuilder()
                        .setTimeMicros(now)
                        .setSeverity(severity)
                        .setBody(body)
                        .build(),
                null);
    }

    private List<AnomalyKind> kinds() {
        return said.stream()
                .filter(Finding.class::isInstance)
                .map(j -> ((Finding) j).kind())
                .distinct()
                .toList();
    }

    private static Anomaly anomaly(Finding finding) {
        Anomaly.Builder builder = Anomaly.newBuilder();
        finding.evidence().addTo(builder);
        return builder.setId("a")
                .setPhase(io.nightshift.events.AnomalyPhase.OPEN)
                .setSubject(finding.subject())
                .setSignal(finding.signal())
                .setKind(finding.kind())
                .setDirection(finding.direction())
                .setName(finding.name())
                .setSeverity(1)
                .setOnset(java.time.Instant.EPOCH)
                .setDetectedAt(java.time.Instant.EPOCH)
                .setUpdatedAt(java.time.Instant.EPOCH)
                .setSentence(finding.sentence())
                .build();
    }
}
