package org.minventory.notification.channel;

import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.UnknownHostException;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * A client that connects to the machine it is given and does nothing of its own accord: it looks no name up, asks for no
 * proxy (the usual one asks the JVM for those of HTTP and of SOCKS), follows nothing, keeps no cookie, tries nothing twice.
 */
final class DirectClient {
    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_HEADER = 8 * 1024;
    private static final int CONNECTIONS_PER_ROUTE = 8;
    private static final TimeValue KEPT = TimeValue.ofMinutes(1);
    private static final TimeValue KEPT_IDLE = TimeValue.ofSeconds(10);
    private static final TimeValue LOOKED_AT_AGAIN = TimeValue.ofMilliseconds(200);

    private DirectClient() {}

    static CloseableHttpClient of(HttpSender.Limits limits, SSLContext tls) {
        Timeout whole = Timeout.of(limits.whole());
        RequestConfig request = RequestConfig.custom()
                .setConnectionRequestTimeout(whole)
                .setResponseTimeout(whole)
                .setConnectionKeepAlive(KEPT_IDLE)
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build();
        return HttpClientBuilder.create()
                .setConnectionManager(connections(limits, tls))
                .setRoutePlanner(new DefaultRoutePlanner(null))
                .setDefaultRequestConfig(request)
                .setUserAgent(agent())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .evictIdleConnections(KEPT_IDLE)
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(HttpSender.Limits limits, SSLContext tls) {
        Http1Config answers = Http1Config.custom()
                .setMaxHeaderCount(MOST_HEADERS)
                .setMaxLineLength(LONGEST_HEADER)
                .build();
        return new Connections()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(answers)
                        .build())
                .setTlsSocketStrategy(
                        ClientTlsStrategyBuilder.create().setSslContext(tls).buildClassic())
                .setDnsResolver(new Nobody())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX) // no total that slow receivers could use up
                .setMaxConnPerRoute(CONNECTIONS_PER_ROUTE)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connect()))
                        .setSocketTimeout(Timeout.of(limits.whole()))
                        .setTimeToLive(KEPT)
                        .setValidateAfterInactivity(LOOKED_AT_AGAIN)
                        .build())
                .build();
    }

    private static String agent() {
        String version = DirectClient.class.getPackage().getImplementationVersion();
        return version == null ? "Minventory" : "Minventory/" + version;
    }

    /** Connections made without a proxy. */
    private static final class Connections extends PoolingHttpClientConnectionManagerBuilder {
        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(
                    proxy -> new Socket(Proxy.NO_PROXY),
                    ports,
                    names,
                    RegistryBuilder.<TlsSocketStrategy>create()
                            .register(URIScheme.HTTPS.id, tls)
                            .build());
        }
    }

    /** Every name was looked up, and every machine looked at, before: nothing is looked up behind our back. */
    private static final class Nobody implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }
    }
}
