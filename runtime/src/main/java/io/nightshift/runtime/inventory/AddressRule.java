package io.nightshift.runtime.inventory;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Which addresses a declared call may reach. Link-local, multicast and unspecified addresses and those at which clouds serve
 * credentials are never reached.
 *
 * @param allowPrivate whether addresses of private networks may be reached (RFC 1918, RFC 4193, RFC 6598)
 * @param allowLoopback whether this machine may be reached
 */
public record AddressRule(boolean allowPrivate, boolean allowLoopback) {

    /** What speaks against connecting to it, with the remedy; empty when nothing does. */
    public Optional<String> against(InetAddress address) {
        byte[] bytes = embedded(address.getAddress());
        if (isMetadata(bytes)) {
            return Optional.of(text(bytes) + " serves a cloud's credentials and is never called");
        }
        InetAddress plain = of(bytes);
        if (plain.isLinkLocalAddress()
                || plain.isMulticastAddress()
                || plain.isAnyLocalAddress()
                || isReserved(bytes)) {
            return Optional.of(text(bytes) + " is link-local, multicast, unspecified or reserved and is never called");
        }
        if (plain.isLoopbackAddress() && !allowLoopback) {
            return Optional.of(text(bytes) + " is this machine; declare 'allowLoopback: true' if that is meant");
        }
        return isPrivate(plain, bytes) && !allowPrivate
                ? Optional.of(text(bytes) + " is in a private network; declare 'allowPrivate: true' if that is meant")
                : Optional.empty();
    }

    /** The IPv4 address inside of NAT64 (64:ff9b::/96), 6to4 (2002::/16) and compatible (::/96) addresses, or the address. */
    private static byte[] embedded(byte[] bytes) {
        if (bytes.length != 16) {
            return bytes;
        }
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == (byte) 0xff && bytes[3] == (byte) 0x9b;
        if (nat64 || isZero(bytes, 0, 12) && !isZero(bytes, 12, 15)) {
            return new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]};
        }
        return bytes[0] == 0x20 && bytes[1] == 0x02 ? new byte[] {bytes[2], bytes[3], bytes[4], bytes[5]} : bytes;
    }

    private static boolean isZero(byte[] bytes, int from, int until) {
        for (int i = from; i < until; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Amazon and most others; Alibaba; Oracle; Azure's host; Amazon over IPv6. */
    private static boolean isMetadata(byte[] bytes) {
        return switch (text(bytes)) {
            case "169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2:0:0:0:0:0:254" -> true;
            default -> false;
        };
    }

    private static boolean isReserved(byte[] bytes) {
        return bytes.length == 4 && (bytes[0] == 0 || (bytes[0] & 0xf0) == 0xf0);
    }

    private static boolean isPrivate(InetAddress address, byte[] bytes) {
        if (address instanceof Inet6Address) {
            return (bytes[0] & 0xfe) == 0xfc || address.isSiteLocalAddress();
        }
        boolean carrier = bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        return address instanceof Inet4Address && (address.isSiteLocalAddress() || carrier);
    }

    private static String text(byte[] bytes) {
        return of(bytes).getHostAddress();
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
        }
    }
}
