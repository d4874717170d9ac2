package io.nightshift.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealedTest {

    @Test
    void anybodyCanCheckTheHashWithTheNonce() {
        // printf '%s\n%s' 00ff '{"fault":"POOL"}' | sha256sum
        assertThat(Sealed.hash("00ff", "{\"fault\":\"POOL\"}"))
                .isEqualTo("1194cb240fb6af8007eb10a3618cc7805baa0e10f16b1068d05766a220e68eba");
        Sealed sealed = Sealed.of("the truth");
        assertThat(sealed.sha256()).isEqualTo(Sealed.hash(sealed.nonce(), sealed.text()));
    }

    @Test
    void theHashTellsNothingAndBindsTheText() {
        Sealed sealed = Sealed.of("the truth");
        assertThat(Sealed.of("the truth").sha256()).as("another nonce").isNotEqualTo(sealed.sha256());
        assertThat(Sealed.hash(sealed.nonce(), "another truth")).isNotEqualTo(sealed.sha256());
    }
}
