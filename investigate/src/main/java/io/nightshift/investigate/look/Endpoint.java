package io.nightshift.investigate.look;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Where a server is and how it is spoken to.
 *
 * @param url base address, without user, query or fragment and without a slash at its end
 * @param authorisation how Nightshift shows who it is
 * @param tenant value of {@code X-Scope-OrgID}; empty for servers with one tenant
 * @param tls whom to trust; empty for the authorities that Java trusts
 */
public record Endpoint(URI url, Authorisation authorisation, String tenant, Optional<SSLContext> tls) {

    static final Set<String> KEYS = Stream.concat(Authorisation.KEYS.stream(), Stream.of("url", "caFile"))
            .collect(Collectors.toSet());

    /** An open server, for tests and trials. */
    public static Endpoint open(URI url) {
        return new Endpoint(url, Authorisation.none(), "", Optional.empty());
    }

    static Endpoint from(ConfigNode node) {
        return new Endpoint(
                url(node.require("url")),
                Authorisation.from(node),
                node.get("tenant").map(Endpoint::tenant).orElse(""),
                node.get("caFile").map(Endpoint::trusting));
    }

    private static URI url(ConfigNode node) {
        URI url;
        try {
            url = URI.create(node.text().replaceAll("/+$", "")).normalize();
        } catch (IllegalArgumentException e) {
            throw node.error("this is no address; write it like https://host:port/path");
        }
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null) {
            throw node.error("the address must begin with http:// or https:// and name a host");
        }
        if (url.getRawUserInfo() != null) {
            throw node.error("an address holds no password; put user:password into an environment variable and name it"
                    + " with basicEnv");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw node.error("the address must end before ? and #; what is asked for is added to it");
        }
        return url;
    }

    private static String tenant(ConfigNode node) {
        if (!node.text().matches("[\\w!.*'()|-]{1,150}")) {
            throw node.error("a tenant is made of letters, digits and !-_.*'()|");
        }
        return node.text();
    }

    private static SSLContext trusting(ConfigNode node) {
        Path file = node.path();
        String pem =
                Secrets.fromFile(file).orElseThrow(() -> node.error("the file " + file + " can't be read or is empty"));
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                trusted.setCertificateEntry("ca" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw node.error("the file " + file + " holds no certificates in PEM form");
        }
    }

    @Override
    public String toString() {
        return url + " (authorisation " + authorisation + ")";
    }
}
