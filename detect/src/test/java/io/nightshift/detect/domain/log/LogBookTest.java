package io.nightshift.detect.domain.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.LogLine;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogBookTest {

    private static final long START = 1_800_000_000_000_000L;
    private static final long SECOND = 1_000_000L;
    private final LogBook book = new LogBook(new ServiceKey("demo", "shop", "orders"));

    @Test
    void linesThatDifferInValuesAreOneTemplate() {
        String first = book.templateOf("Order 17 placed by 10.0.0.1:8080 in 12 ms");
        assertThat(book.templateOf("Order 99123 placed by 10.9.0.7:18080 in 7 ms"))
                .isEqualTo(first);
        assertThat(book.templateOf("Order 99123 cancelled by 10.9.0.7:18080 in 7 ms"))
                .isNotEqualTo(first);
        assertThat(book.templateOf("GET https://shop/a?b=c&d=1 user=anna took 3"))
                .isEqualTo(book.templateOf("GET http://x/y/z user= took 555"));
    }

    @Test
    void aWordThatTakesManyValuesIsAVariable() {
        String last = "";
        for (String name : List.of("anna", "bert", "carl", "dora", "emil", "frida", "gerd", "hans")) {
            last = book.templateOf("Payment accepted for customer " + name + " without delay");
        }
        assertThat(book.templateOf("Payment accepted for customer zoe without delay"))
                .isEqualTo(last);
        assertThat(book.templates()).isEqualTo(1);
    }

    @Test
    void aHundredThousandDifferentLinesStayBounded() {
        for (int i = 0; i < 100_000; i++) {
            book.templateOf(word(i) + " " + word(i / 7 + 1) + " went " + word(i * 31));
        }
        assertThat(book.templates()).isLessThanOrEqualTo(2_000);
    }

    @Test
    void aKnownErrorThatComesFarMoreOftenIsABurstAndEnds() {
        List<Judgement> said = new ArrayList<>();
        for (int second = 0; second < 300; second++) {
            int errors = second >= 200 && second < 220 ? 10 : second % 20 == 0 ? 1 : 0;
            for (int i = 0; i < errors; i++) {
                book.add(line(START + second * SECOND, 17, "Stock of sku-" + i + " unknown"), null);
            }
            book.time(START + (second + 1) * SECOND, said::add);
        }
        assertThat(said).anyMatch(j -> j instanceof Finding f && f.kind() == AnomalyKind.BURST);
        assertThat(said.get(said.size() - 1)).isInstanceOf(Judgement.Normal.class);
    }

    @Test
    void aServiceThatJustAppearedMayLogNewErrors() {
        List<Judgement> said = new ArrayList<>();
        book.add(line(START, 17, "Connection refused"), null);
        for (int second = 0; second < 30; second++) {
            book.time(START + second * SECOND, said::add);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void secretsPersonalDataAndControlCharactersAreMasked() {
        assertThat(SecretMask.mask("login password=hunter2 token: abc123 for anna@example.org", 200))
                .doesNotContain("hunter2")
                .doesNotContain("abc123")
                .doesNotContain("anna@");
        assertThat(SecretMask.mask("Authorization: Bearer eyJhbGciOi.JIUzI1NiJ9.abc", 200))
                .doesNotContain("eyJ");
        assertThat(SecretMask.mask("card 4111 1111 1111 1111 charged", 200)).doesNotContain("1111");
        assertThat(SecretMask.mask("{\"apiKey\": \"s3cr3t value\"} postgres://u:p4ss@db/x", 200))
                .doesNotContain("s3cr3t")
                .doesNotContain("p4ss");
        assertThat(SecretMask.mask("a\u001b[31m\u202eb\u0000", 200)).isEqualTo("a\\u001b[31m\\u202eb\\u0000");
        assertThat(SecretMask.mask("Order 17 placed for sku-3", 200)).isEqualTo("Order 17 placed for sku-3");
    }

    private static LogLine line(long at, int severity, String body) {
        return LogLine.newBuilder()
                .setTimeMicros(at)
                .setSeverity(severity)
                .setBody(body)
                .build();
    }

    private static String word(int i) {
        StringBuilder word = new StringBuilder();
        for (int left = i + 26; left > 0; left /= 26) {
            word.append((char) ('a' + left % 26));
        }
        return word.toString();
    }
}
