using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;
using Typed.Schema;
using Typed.Storage;
using Typed.Storage.Model;
using Typed.Storage.Tables;
using Typed.Writing;
using Typed.Writing.Spool;

namespace Typed;

/// <summary>
/// The options of a store: EF Core's own (<c>UseSqlite</c>, <c>UseNpgsql</c>, logging, naming conventions), which declared types it holds, and how it writes.
/// </summary>
public sealed class TypedOptionsBuilder : DbContextOptionsBuilder<TypedDbContext>
{
    internal const int DefaultMaxEventBytes = 1 << 20;

    // The framework's timers take no longer time.
    private static readonly TimeSpan s_longestTimeout = TimeSpan.FromDays(24);

    private readonly List<DeclarationModule> _included = [];
    private readonly HashSet<Type> _only = [];
    private Func<Declaration, bool>? _isMapped;

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
        set => field = Checked(value, nameof(WriteTimeout));
    }
    = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a read may take, waiting and retries included, when the database is slow or gone; of a loop, each of its pages. More than zero, at most 24
    /// days.
    /// Default: 30 seconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero, or more than 24 days.</exception>
    public TimeSpan ReadTimeout
    {
        get;
        set => field = Checked(value, nameof(ReadTimeout));
    }
    = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long disposing the store may take to write what was accepted; zero or more, at most 24 days. Default: 30 seconds. What is left is reported by an
    /// <see cref="UnwrittenItemsException"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than zero, or more than 24 days.</exception>
    public TimeSpan ShutdownTimeout
    {
        get;
        set => field = value >= TimeSpan.Zero && value <= s_longestTimeout
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "ShutdownTimeout is zero or more and at most 24 days.");
    }
    = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long posted items may wait for others before they are flushed; zero or more, at most an hour. Awaited writes never wait for it. Default: 100
    /// milliseconds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than zero, or more than an hour.</exception>
    public TimeSpan FlushInterval
    {
        get;
        set => field = value >= TimeSpan.Zero && value <= TimeSpan.FromHours(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "FlushInterval is zero or more and at most an hour.");
    }
    = TimeSpan.FromMilliseconds(100);

    /// <summary>The number of posted items that are flushed without waiting for <see cref="FlushInterval"/>; 1 or more. Default: 5 000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int BatchSize
    {
        get;
        set => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "BatchSize is 1 or more.");
    }
    = 5_000;

    /// <summary>
    /// The most items that the store holds in memory before they are written; 1 or more. A list of more is admitted alone. Default: 100 000.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Capacity
    {
        get;
        set => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Capacity is 1 or more.");
    }
    = 100_000;

    /// <summary>What <c>Post</c> does while the store holds <see cref="Capacity"/> items. Awaited writes wait. Default: <see cref="WhenFull.Wait"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not one of the enum's values.</exception>
    public WhenFull WhenFull
    {
        get;
        set => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "WhenFull is one of its named values.");
    }

    /// <summary>
    /// A folder in which posted items stand until they are committed, so that a process that is killed and started again sends what is left, once. It is made
    /// where it is missing; one store at a time has it, and it belongs to one database. Default: null; posted items are in memory alone.
    /// </summary>
    /// <remarks>
    /// With a spool <see cref="Capacity"/> bounds what is in memory, and <see cref="MaxSpoolBytes"/> what may be posted: an outage of the database fills the
    /// spool. Disposing the store leaves in it what could not be written.
    /// </remarks>
    /// <exception cref="ArgumentException">Empty, or not the path of a folder.</exception>
    public string? Spool
    {
        get;
        set => field = value is null ? null
            : value.AsSpan().Trim().Length > 0 && !File.Exists(value) ? Path.GetFullPath(value)
            : throw new ArgumentException($"Spool is the path of a folder, and not '{value}'.", nameof(value));
    }

    /// <summary>When the spool is brought to disk, so that it outlives a loss of power too. Default: every 10 milliseconds.</summary>
    public SpoolSync SpoolSync { get; set; } = SpoolSync.Default;

    /// <summary>
    /// The most bytes that the spool takes; 1 MiB or more. At the limit <see cref="WhenFull"/> says what <c>Post</c> does; <see cref="WhenFull.DropOldest"/>
    /// drops what is left of the oldest segment, an eighth of the spool at most. Default: 1 GiB (1 073 741 824).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 MiB.</exception>
    public long MaxSpoolBytes
    {
        get;
        set => field = value >= 1 << 20 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxSpoolBytes is 1 048 576 or more.");
    }
    = 1L << 30;

    /// <summary>
    /// How many flushes may be under way at once; 1 to 64. Writes are spread over them by key. Default: the number of processors, at most 4. SQLite has one
    /// writer at a time, whatever is set.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1 or more than 64.</exception>
    public int Writers
    {
        get;
        set => field = value is >= 1 and <= 64 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Writers is 1 to 64.");
    }
    = Math.Min(Environment.ProcessorCount, 4);

    /// <summary>
    /// Called with each posted item that the database refused, and with each refused item of an async stream, which then goes on. Calls come from the store's
    /// writer, from several of its flushes at once, so they should be short, and must not wait for a write of the same store. What a call throws keeps no other
    /// item from being written or reported: an async stream ends with it; for a posted item the next <see cref="TypedStore.FlushAsync"/> throws it, or
    /// disposing the store does, inside an <see cref="AggregateException"/>. Default: null; refused posted items are logged, and an async stream ends at the
    /// first.
    /// </summary>
    public Action<UnwrittenItem>? OnRejected { get; set; }

    /// <summary>The most bytes that the JSON of an event may take; more than zero. Default: 1 MiB (1 048 576).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero.</exception>
    public int MaxEventBytes
    {
        get;
        set => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxEventBytes is more than zero.");
    }
    = DefaultMaxEventBytes;

    /// <summary>
    /// How often the store removes what is past its retention, at least a second and at most 24 days; null: never, and <c>ExpireAsync</c> of the handles does
    /// it. The first time is when the store has been opened. Of the processes that share a database one does it at a time. Default: null; in a host an hour.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than a second, or more than 24 days.</exception>
    public TimeSpan? ExpireEvery
    {
        get;
        set => field = value is null || (value >= TimeSpan.FromSeconds(1) && value <= s_longestTimeout)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "ExpireEvery is at least a second and at most 24 days, or null.");
    }

    internal bool IsReadOnly { get; private set; }

    /// <summary>The disk under the spool.</summary>
    internal SpoolDisk SpoolDisk { get; set; } = SpoolDisk.System;

    /// <summary>The spool; null: there is none.</summary>
    internal SpoolOptions? SpoolOptions => Spool is null || IsReadOnly
        ? null
        : new() { Folder = Spool, Sync = SpoolSync, MaxBytes = MaxSpoolBytes, Disk = SpoolDisk };

    /// <summary>The application's context whose model and database the store uses; null: the store has its own.</summary>
    internal Type? Own { get; private set; }

    /// <summary>The tables of that context's model.</summary>
    internal ModelTables? OwnTables { get; private set; }

    /// <summary>The names that it has for them.</summary>
    internal TableNaming? OwnNaming { get; private set; }

    /// <summary>Uses the database of an application's context, and its model, which has the tables.</summary>
    internal void BuildOn(DbContext context)
    {
        var model = context.Model;
        Own = context.GetType();
        OwnNaming = new ModelNaming(model);
        OwnTables = ModelTables.Get(model, EngineRegistry.Find(context).Dialect);
        _isMapped = declaration => IsMapped(declaration, model);
        var provider = context.GetService<IDbContextOptions>().Extensions.Single(extension => extension.Info.IsDatabaseProvider);
        ((IDbContextOptionsBuilderInfrastructure)this).AddOrUpdateExtension(provider);
    }

    /// <summary>
    /// Opens the store for reading only: a replica, a user who may only read, a SQLite file with <c>Mode=ReadOnly</c>. Nothing is created, locked or written;
    /// tables that are missing are an error, and so is every call that writes.
    /// </summary>
    public TypedOptionsBuilder ReadOnly()
    {
        IsReadOnly = true;
        return this;
    }

    /// <summary>Where EF Core logs, the store logs too: what <c>UseLoggerFactory</c> was given, or what the application's container has.</summary>
    internal ILoggerFactory? LoggerFactory =>
        Options.FindExtension<CoreOptionsExtension>() is { } core
            ? core.LoggerFactory ?? (ILoggerFactory?)core.ApplicationServiceProvider?.GetService(typeof(ILoggerFactory))
            : null;

    /// <summary>Whether the provider's options say that what is transient is tried again: <c>EnableRetryOnFailure</c>.</summary>
    internal bool RetriesOnFailure =>
        Options.Extensions.OfType<RelationalOptionsExtension>().Any(relational => relational.ExecutionStrategyFactory is not null);

    internal WriteOptions WriteOptions(Database database) => new()
    {
        WriteTimeout = WriteTimeout,
        ShutdownTimeout = ShutdownTimeout,
        FlushInterval = FlushInterval,
        BatchSize = BatchSize,
        Capacity = Capacity,
        WhenFull = WhenFull,
        Writers = Math.Min(Writers, database.MostWriters),
        OnRejected = OnRejected,
    };

    /// <summary>
    /// Holds the types of this module, and of the modules it references, instead of those of every module in use; of a module on request beside those.
    /// </summary>
    /// <param name="module">An emitted <c>TypedModule</c>.</param>
    public TypedOptionsBuilder Include(DeclarationModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        _included.Add(module);
        return this;
    }

    /// <summary>Holds only the types named with this method, beside those of modules on request that are included.</summary>
    /// <typeparam name="T">A declared type.</typeparam>
    public TypedOptionsBuilder Only<T>()
    {
        _only.Add(typeof(T));
        return this;
    }

    /// <exception cref="InvalidOperationException">A type is not declared, or none is.</exception>
    internal DeclarationSet Declarations()
    {
        var modules = DeclarationModule.Choose(_included);
        var known = new DeclarationSet(modules.SelectMany(m => m.Declarations));
        if (_only.FirstOrDefault(type => !known.Contains(type)) is { } unknown)
        {
            throw new InvalidOperationException(
                $"Only<{unknown.Name}>(): {known.NameOf(unknown)} is not among the declared types in use ({known.List(unknown)}). "
                + "Annotate it with [TimeSeries] or [EventStream], or include the module of its assembly.");
        }

        var requested = new DeclarationSet(_included.Where(m => m.IsOnRequest).SelectMany(m => m.Declarations));
        bool IsChosen(Declaration d) => _only.Count == 0 || _only.Contains(d.Type) || requested.Contains(d.Type);
        var chosen = _only.Count == 0 && _isMapped is null
            ? known
            : new DeclarationSet(known.All.Where(d => IsChosen(d) && (_isMapped is null || _isMapped(d))));
        return chosen.All.Count > 0
            ? chosen
            : throw NoDeclarations.Error(modules, "o.Include(Shop.TypedModule.Instance)");
    }

    private static bool IsMapped(Declaration declaration, IModel model) => declaration switch
    {
        SeriesDeclaration series => SeriesTableNames.List(series.Definition).All(table => model.FindEntityType(table.Table) is not null),
        StreamDeclaration stream => model.FindEntityType(stream.Definition.Table) is not null,
        _ => false,
    };

    private static TimeSpan Checked(TimeSpan value, string option) => value > TimeSpan.Zero && value <= s_longestTimeout
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"{option} is more than zero and at most 24 days.");
}
