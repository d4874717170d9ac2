package io.nightshift.shop.service;

import io.nightshift.shop.Certificates;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;

/** Signs receipts with the key of a certificate, while that is valid. Reads it again when its file changes. */
final class ReceiptSeal {
    private static final AttributeKey<String> NAME = AttributeKey.stringKey("certificate.name");

    private final Path file;
    private FileTime readAt = FileTime.fromMillis(0);
    private Certificates.Held held;

    ReceiptSeal(Path file, String name, Meter meter) throws IOException {
        this.file = file;
        current();
        Attributes which = Attributes.of(NAME, name);
        meter.gaugeBuilder("certificate.not_after")
                .ofLongs()
                .setUnit("s")
                .setDescription("When the certificate expires, in seconds since 1970.")
                .buildWithCallback(m -> {
                    try {
                        m.record(
                                current()
                                        .certificate()
                                        .getNotAfter()
                                        .toInstant()
                                        .getEpochSecond(),
                                which);
                    } catch (IOException e) {
                        // nothing is known of it now, and nothing is said
                    }
                });
    }

    /** @throws java.security.cert.CertificateExpiredException when it is too late to sign anything */
    String sign(String receipt) throws IOException, GeneralSecurityException {
        Certificates.Held now = current();
        now.certificate().checkValidity();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(now.key());
        signature.update(receipt.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private synchronized Certificates.Held current() throws IOException {
        FileTime changed = Files.getLastModifiedTime(file);
        if (!changed.equals(readAt)) {
            held = Certificates.read(file);
            readAt = changed;
        }
        return held;
    }
}
