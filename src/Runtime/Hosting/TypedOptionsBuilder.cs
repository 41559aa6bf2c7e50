using Microsoft.EntityFrameworkCore;
using Typed.Schema;

namespace Typed;

/// <summary>
/// The options of a store: EF Core's own (<c>UseSqlite</c>, <c>UseNpgsql</c>, logging, naming conventions), which declared types it holds, and how it writes.
/// </summary>
public sealed class TypedOptionsBuilder : DbContextOptionsBuilder<TypedDbContext>
{
    // The framework's timers take no longer time.
    private static readonly TimeSpan s_longestTimeout = TimeSpan.FromDays(24);

    private readonly List<DeclarationModule> _included = [];
    private readonly HashSet<Type> _only = [];

    /// <summary>The clock: the time of points without one, of "now" in ranges, and of retention. Default: the system's.</summary>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    }
    = TimeProvider.System;

    /// <summary>
    /// How long an awaited write may take, waiting and retries included, when the database is slow or gone; more than zero, at most 24 days. Default: 30
    /// seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero, or more than 24 days.</exception>
    public TimeSpan WriteTimeout
    {
        get;
        set => field = value > TimeSpan.Zero && value <= s_longestTimeout
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "WriteTimeout is more than zero and at most 24 days.");
    }
    = TimeSpan.FromSeconds(30);

    /// <summary>The most bytes that the JSON of an event may take; more than zero. Default: 1 MiB (1 048 576).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero.</exception>
    public int MaxEventBytes
    {
        get;
        set => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxEventBytes is more than zero.");
    }
    = DefaultMaxEventBytes;

    internal const int DefaultMaxEventBytes = 1 << 20;

    /// <summary>Holds the types of this module, and of the modules it references, instead of those of every module in use.</summary>
    /// <param name="module">An emitted <c>TypedModule</c>.</param>
    public TypedOptionsBuilder Include(DeclarationModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        _included.Add(module);
        return this;
    }

    /// <summary>Holds only the types named with this method.</summary>
    /// <typeparam name="T">A declared type.</typeparam>
    public TypedOptionsBuilder Only<T>()
    {
        _only.Add(typeof(T));
        return this;
    }

    /// <exception cref="InvalidOperationException">A type is not declared, or none is.</exception>
    internal DeclarationSet Declarations()
    {
        var modules = _included.Count > 0 ? _included.SelectMany(m => m.WithReferences()) : DeclarationModule.Registered;
        var known = new DeclarationSet(modules.SelectMany(m => m.Declarations));
        if (_only.FirstOrDefault(type => !known.Contains(type)) is { } unknown)
        {
            throw new InvalidOperationException(
                $"Only<{unknown.Name}>(): {known.NameOf(unknown)} is not among the declared types in use ({known.List(unknown)}). "
                + "Annotate it with [TimeSeries] or [EventStream], or include the module of its assembly.");
        }

        var chosen = _only.Count == 0 ? known : new DeclarationSet(known.All.Where(d => _only.Contains(d.Type)));
        return chosen.All.Count > 0
            ? chosen
            : throw NoDeclarations.Error(modules, "o.Include(Shop.TypedModule.Instance)");
    }
}
