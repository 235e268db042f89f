import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** One node for tests: SearchNode HOME key=value... It ends, cleanly, on SIGTERM. */
public final class SearchNode {
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]).toAbsolutePath();
    Settings.Builder settings = Settings.builder().put("path.home", home.toString());
    for (String argument : Arrays.copyOfRange(arguments, 1, arguments.length)) {
      String[] pair = argument.split("=", 2);
      settings.put(pair[0], pair[1]);
    }
    LogConfigurator.configureESLogging();
    Environment environment = new Environment(settings.build(), home.resolve("config"));
    Node node = new Node(environment, plugins(environment.modulesDir()));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    node.start();
    Thread.currentThread().join();
  }

  /** Version 9 takes one more argument than 8, so the method is looked up by its name. */
  private static PluginsLoader plugins(Path modules) throws Exception {
    for (Method method : PluginsLoader.class.getMethods()) {
      if (method.getName().equals("loadModulesBundles")) {
        boolean two = method.getParameterCount() == 2;
        Object bundles = two ? method.invoke(null, modules, false) : method.invoke(null, modules);
        return PluginsLoader.createPluginsLoader((Set) bundles, Set.of(), Map.of(), false);
      }
    }
    throw new IllegalStateException("this version loads its modules in another way");
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (Exception error) {
      error.printStackTrace();
    }
  }
}
