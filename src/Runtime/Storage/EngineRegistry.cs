using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Internal;

namespace Typed.Generated;

/// <summary>The engines of the assemblies in use. Emitted modules register those that their assemblies reference.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EngineRegistry
{
    private const string NoProvider = "No database was chosen: call UseSqlite(...) or UseNpgsql(...) on the options.";

    /// <summary>The packages that bring an engine, by EF Core's provider.</summary>
    private static readonly Dictionary<string, string> s_packages = new(StringComparer.Ordinal)
    {
        ["Npgsql.EntityFrameworkCore.PostgreSQL"] = "Typed.PostgreSQL",
        ["Microsoft.EntityFrameworkCore.Sqlite"] = "Typed.Sqlite",
    };

    private static readonly ConcurrentDictionary<Type, Engine> s_engines = new();

    /// <summary>Registers an engine. Registering it again changes nothing.</summary>
    /// <typeparam name="TEngine">The engine.</typeparam>
    public static void Register<TEngine>()
        where TEngine : Engine, new() => s_engines.GetOrAdd(typeof(TEngine), static _ => new TEngine());

    /// <summary>The engine of a context's provider.</summary>
    /// <exception cref="InvalidOperationException">There is no provider, or no engine for it.</exception>
    /// <exception cref="NotSupportedException">Typed knows no such database.</exception>
    internal static Engine Find(DbContext context) => Find(context.Database.ProviderName);

    /// <summary>The engine of the provider that options name.</summary>
    /// <exception cref="InvalidOperationException">There is no provider, or no engine for it.</exception>
    /// <exception cref="NotSupportedException">Typed knows no such database.</exception>
    internal static Engine Find(IDbContextOptions options) =>
        Find(options.Extensions.FirstOrDefault(extension => extension.Info.IsDatabaseProvider)?.GetType().Assembly.GetName().Name); // as EF names a provider

    /// <summary>The engine of a model under construction, which does not name its provider, but has the provider's own definitions of what it logs.</summary>
    /// <exception cref="InvalidOperationException">There is no engine for it.</exception>
    /// <exception cref="NotSupportedException">Typed knows no such database.</exception>
    internal static Engine Find(IReadOnlyModel model) =>
#pragma warning disable EF1001 // EF has no public way to ask.
        Find((model as Model)?.ScopedModelDependencies?.Logger.Definitions.GetType().Assembly.GetName().Name);
#pragma warning restore EF1001

    private static Engine Find(string? provider) =>
        s_engines.Values.FirstOrDefault(engine => string.Equals(engine.Provider, provider, StringComparison.Ordinal)) ?? throw Missing(provider);

    private static Exception Missing(string? provider) => provider is null ? new InvalidOperationException(NoProvider)
        : s_packages.TryGetValue(provider, out var package)
            ? new InvalidOperationException(
                $"The context uses {provider}, and no engine for it is in use: "
                    + $"add the package {package} to the project that chooses the database (dotnet add package {package}). "
                + "The generator of Typed has to run in that project, or in one that references both: what it emits registers the engine.")
            : new NotSupportedException($"Typed stores its data in PostgreSQL (package Typed.PostgreSQL) or SQLite (package Typed.Sqlite), "
                + $"and not through the provider '{provider}'.");
}
