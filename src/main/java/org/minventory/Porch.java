package org.minventory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.minventory.base.CannotStart;
import org.minventory.web.Body;
import org.minventory.web.ProblemValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** Where visitors stand before the doors: Tomcat on virtual threads, which says goodbye before it closes. */
@Configuration(proxyBeanMethods = false)
class Porch {
    private static final int HEADER_BYTES = 16 << 10;

    @Bean
    TomcatServletWebServerFactory tomcat(Server.Settings settings) {
        TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(settings.port());
        tomcat.setAddress(address(settings.address()));
        tomcat.setShutdown(Shutdown.GRACEFUL);
        tomcat.setRegisterDefaultServlet(false);
        tomcat.addProtocolHandlerCustomizers(handler -> handler.setExecutor(new VirtualThreadExecutor("http-")));
        tomcat.addConnectorCustomizers(Porch::limit);
        tomcat.addContextCustomizers(Porch::sayProblems);
        return tomcat;
    }

    private static InetAddress address(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException unknown) {
            throw new CannotStart("The address " + address + " is not one of this machine: give another one.", unknown);
        }
    }

    /** A body that was refused is read to its end, so that the sender comes to read the refusal. */
    private static void limit(Connector connector) {
        connector.setProperty("maxKeepAliveRequests", "-1"); // a robot that repeats itself keeps its connection
        connector.setProperty("maxSwallowSize", Integer.toString(Body.SWALLOWED));
        connector.setProperty("maxHttpRequestHeaderSize", Integer.toString(HEADER_BYTES));
    }

    private static void sayProblems(Context context) {
        if (context.getParent() instanceof StandardHost host)
            host.setErrorReportValveClass(ProblemValve.class.getName());
    }

    @Bean
    ServletRegistrationBean<DispatcherServlet> dispatcher(WebApplicationContext context) {
        ServletRegistrationBean<DispatcherServlet> dispatcher =
                new ServletRegistrationBean<>(new DispatcherServlet(context), "/");
        dispatcher.setName("dispatcher");
        dispatcher.setLoadOnStartup(1);
        return dispatcher;
    }
}
