using System.Reflection;
using System.Runtime.Loader;

namespace Typed.Generator.Tests.Harness;

/// <summary>A compiled consumer, unloaded on dispose. It shares the framework with the tests, and the runtime unless it has its own.</summary>
internal sealed class LoadedAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context = new("Typed consumer", isCollectible: true);

    /// <param name="name">The assembly's name.</param>
    /// <param name="images">It, and its libraries, by name.</param>
    /// <param name="ownRuntime">Whether it has a runtime to itself, in which no other consumer has registered its types.</param>
    public LoadedAssembly(string name, IReadOnlyDictionary<string, byte[]> images, bool ownRuntime)
    {
        if (ownRuntime)
        {
            foreach (var own in (string[])["Typed.dll", "Typed.Sqlite.dll", "Typed.PostgreSQL.dll"])
            {
                _context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, own));
            }
        }

        _context.Resolving += (_, wanted) => images.TryGetValue(wanted.Name!, out var image) ? Load(image) : null;
        Assembly = Load(images[name]);
    }

    public Assembly Assembly { get; }

    /// <summary>The type of that full metadata name.</summary>
    public Type Type(string name) => Assembly.GetType(name, throwOnError: true)!;

    /// <summary>Calls a static method, public or not, and returns what it returns.</summary>
    public object? Call(string type, string method, params object?[] arguments)
    {
        const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var found = Type(type).GetMethod(method, AnyStatic) ?? throw new MissingMethodException(type, method);
        return found.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
    }

    public void Dispose() => _context.Unload();

    private Assembly Load(byte[] image)
    {
        using var stream = new MemoryStream(image);
        return _context.LoadFromStream(stream);
    }
}
