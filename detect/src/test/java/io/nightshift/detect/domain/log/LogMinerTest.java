package io.nightshift.detect.domain.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LogMinerTest {

    private final LogMiner miner = new LogMiner();

    @Test
    void valuesThatShowByTheirLooksAreOneTemplate() {
        assertOne("Order 17 placed by 10.0.0.1:8080 in 12 ms", "Order 99123 placed by 10.9.0.7:18080 in 7 s");
        assertOne("GET https://shop/a?b=c&d=1 user=anna took 3", "GET http://x/y/z user= took 555");
        assertOne("Link of fe:11:43:e3:ba:c3 is up", "Link of 00:11:43:e3:ba:c3 is up");
        assertOne("Reading C:\\shop\\a.txt failed", "Reading D:\\x failed");
        assertOne("Started on Mon Nov 23 03:12:45 UTC 2026", "Started on Tue Dec 1 13:12:45 CET 2026");
        assertOne("sent 0 bytes", "sent 1301 bytes (1.27 KB)");
        assertOne("answered in <1 sec", "answered in 00:07");
        assertOne("fans ( 3552 3534 **** 4245 )", "fans ( 1 2 3 4 5 6 )");
        assertOne("worker eth0 ready", "worker eth11 ready");
        assertOne("lookup(alpha) done", "lookup(beta) done");
        assertOne("init() done", "init(x) done");
        assertOne("enabled is true", "enabled is false");
    }

    @Test
    void whatALineSaysIsNoValue() {
        assertTwo("Order 17 placed", "Order 17 cancelled");
        assertTwo("\"GET /a/b HTTP/1.1\" 200", "\"POST /a/b HTTP/1.1\" 200");
        assertTwo("[WARN] disk 7", "[ERROR] disk 7");
        assertTwo("{\"level\":\"info\",\"msg\":\"started\"}", "{\"level\":\"info\",\"msg\":\"stopped\"}");
        assertTwo("level=info msg=\"order placed\" id=7", "level=info msg=\"order lost\" id=7");
        assertTwo("Cache::load entered", "Cache::save entered");
        assertTwo("illegal instruction......0", "trap instruction.........0");
    }

    @Test
    void aQuotationThatWasReadAsTextEndsWhereItEnds() {
        assertOne(
                "10.0.0.1 \"GET /a/b HTTP/1.1\" 200 \"Mozilla/5.0 (X11)\"",
                "10.0.0.2 \"GET /c/d HTTP/1.1\" 404 \"curl/7.1\"");
        assertTwo("msg=\"a b\" user=\"x\" state=\"up\"", "msg=\"a c\" user=\"x\" state=\"up\"");
    }

    @Test
    void aWordThatTakesFiveValuesIsAVariable() {
        LogTemplate first = miner.template("Payment accepted for customer anna without delay");
        String id = first.id();
        for (String name : List.of("bert", "carl", "dora", "emil", "frida", "gerd")) {
            miner.template("Payment accepted for customer " + name + " without delay");
        }
        LogTemplate merged = miner.template("Payment accepted for customer zoe without delay");
        assertThat(miner.templates()).hasSize(1);
        assertThat(merged.text()).isEqualTo("Payment accepted for customer <*> without delay");
        assertThat(merged.id()).as("the oldest part's id stays").isEqualTo(id);
        assertThat(first.current()).isSameAs(merged);
    }

    @Test
    void fourWordsOfAStateStayFourTemplates() {
        for (String state : List.of("started", "paused", "resumed", "stopped")) {
            for (int i = 0; i < 50; i++) {
                miner.template("Machine " + i + " of the farm was " + state + " by plan");
            }
        }
        assertThat(miner.templates()).hasSize(4);
    }

    @Test
    void aNumberMakesTheWordsInItsPlaceVariablesInEitherOrder() {
        miner.template("listening on port 8080 of all hosts");
        assertThat(miner.template("listening on port http of all hosts").text())
                .isEqualTo("listening on port <*> of all hosts");
        miner.template("speaking on port http of all hosts");
        assertThat(miner.template("speaking on port 80 of all hosts").text())
                .isEqualTo("speaking on port <*> of all hosts");
        assertThat(miner.templates()).hasSize(2);
    }

    @Test
    void aWordThatCameOftenIsNotTakenForAValueBecauseOfOneNumber() {
        for (int i = 0; i < 20; i++) {
            miner.template("waiting for lock of the store");
        }
        miner.template("waiting for 7 of the store");
        assertThat(miner.templates()).hasSize(2);
    }

    @Test
    void twoParametersThatLookLikeWordsAreFound() {
        for (int i = 0; i < 100_000; i++) {
            miner.template("Session of " + word(i * 7919) + " moved to " + word(i * 104_729 + 5) + " without delay");
        }
        assertThat(miner.templates()).hasSize(1);
        assertThat(miner.template("Session of anna moved to bern without delay").text())
                .isEqualTo("Session of <*> moved to <*> without delay");
    }

    @Test
    void endlesslyDifferentLinesStayBoundedAndTheLastAreKnown() {
        Set<LogTemplate> last = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            LogTemplate template = miner.template(word(i) + " " + word(i / 7 + 1) + " went " + word(i * 31));
            if (i > 99_900) {
                last.add(template.current());
            }
        }
        assertThat(miner.templates()).hasSizeLessThanOrEqualTo(LogMiner.MOST_TEMPLATES);
        assertThat(miner.templates())
                .containsAll(last.stream().map(LogTemplate::current).toList());
    }

    @Test
    void ofAnEndlessLineOnlyTheBeginningIsRead() {
        for (String part :
                List.of("word ", "\"", "'a ", "( ", "[", "a=", "{a:", "http://", "1,", "\u20ac", "::", "a.b-")) {
            String line = part.repeat(2_000_000 / part.length());
            LogTemplate template = miner.template(line);
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                for (int i = 0; i < 500; i++) {
                    assertThat(miner.template(line + i)).isSameAs(template);
                }
            });
            assertThat(template.text().length()).isLessThan(3 * LogScanner.MAX_CHARS);
        }
    }

    @Test
    void knownLinesMakeNoGarbage() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        String[] lines = new String[1_000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = i % 2 == 0
                    ? "Order " + i + " by 10.0.0." + i % 250 + ":8080 user=" + word(i) + " in " + i + " ms"
                    : "Session of " + word(i * 7919) + " moved to " + word(i * 104_729) + " without delay";
            miner.template(lines[i]);
        }
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int round = 0; round < 100; round++) {
            for (String line : lines) {
                miner.template(line);
            }
        }
        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(bytes / 100_000.0).as("bytes a line").isLessThan(1);
    }

    private void assertOne(String a, String b) {
        LogTemplate first = miner.template(a);
        assertThat(miner.template(b).current()).as("%s | %s", a, b).isSameAs(first.current());
    }

    private void assertTwo(String a, String b) {
        LogTemplate first = miner.template(a);
        assertThat(miner.template(b).current()).as("%s | %s", a, b).isNotSameAs(first.current());
    }

    static String word(int i) {
        StringBuilder word = new StringBuilder();
        for (long left = Math.abs((long) i) + 26; left > 0; left /= 26) {
            word.append((char) ('a' + left % 26));
        }
        return word.toString();
    }
}
