using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Typed.Hosting;
using Typed.Streams;

namespace Typed;

/// <summary>Puts stores into an application's services.</summary>
public static class TypedServiceCollectionExtensions
{
    private static readonly TimeSpan s_expireEvery = TimeSpan.FromHours(1);

    /// <summary>
    /// Registers a <see cref="TypedStore"/> and the handles of every declared type (<c>PageView.Handle</c>, <c>EventStream&lt;Order&gt;</c>) as singletons, a
    /// health check called <c>typed</c>, and a hosted service. That opens the store before the application's own services start, and writes what is left after
    /// they have stopped. Where there is no database yet, the log says so once, opening is tried again, and writes and reads wait for it within their timeouts.
    /// </summary>
    /// <param name="services">The services. Their <c>TimeProvider</c> and <c>ILoggerFactory</c> are the store's, unless the options say otherwise.</param>
    /// <param name="configure">Chooses the database: <c>o.UseNpgsql(connectionString)</c>. Runs when the store is first asked for.</param>
    /// <exception cref="InvalidOperationException">There is a store already.</exception>
    public static IServiceCollection AddTyped(this IServiceCollection services, Action<TypedOptionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, key: null, (_, options) => configure(options));
    }

    /// <inheritdoc cref="AddTyped(IServiceCollection, Action{TypedOptionsBuilder})"/>
    public static IServiceCollection AddTyped(this IServiceCollection services, Action<IServiceProvider, TypedOptionsBuilder> configure) =>
        Add(services, key: null, configure);

    /// <summary>
    /// Registers a store on the database of an application's context, whose model has the tables (<c>modelBuilder.AddTyped()</c>), so that its migrations own
    /// them. The store keeps only its own two tables. Otherwise as <see cref="AddTyped(IServiceCollection, Action{TypedOptionsBuilder})"/>.
    /// </summary>
    /// <typeparam name="TContext">The context, registered with <c>AddDbContext</c>, <c>AddDbContextPool</c> or <c>AddDbContextFactory</c>.</typeparam>
    /// <param name="services">The services.</param>
    /// <exception cref="InvalidOperationException">There is a store already.</exception>
    public static IServiceCollection AddTyped<TContext>(this IServiceCollection services)
        where TContext : DbContext => Add<TContext>(services, key: null, static _ => { });

    /// <inheritdoc cref="AddTyped{TContext}(IServiceCollection)"/>
    /// <typeparam name="TContext">The context, registered with <c>AddDbContext</c>, <c>AddDbContextPool</c> or <c>AddDbContextFactory</c>.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">More options; the database is the context's.</param>
    public static IServiceCollection AddTyped<TContext>(this IServiceCollection services, Action<TypedOptionsBuilder> configure)
        where TContext : DbContext => Add<TContext>(services, key: null, configure);

    /// <summary>Registers one of several stores: it, its handles and its health check (<c>typed-name</c>) are found by the key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key, as in <c>[FromKeyedServices("name")]</c>.</param>
    /// <param name="configure">Chooses the database.</param>
    /// <exception cref="InvalidOperationException">There is a store of this key already.</exception>
    public static IServiceCollection AddKeyedTyped(this IServiceCollection services, string key, Action<TypedOptionsBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, key, (_, options) => configure(options));
    }

    /// <inheritdoc cref="AddKeyedTyped(IServiceCollection, string, Action{TypedOptionsBuilder})"/>
    public static IServiceCollection AddKeyedTyped(this IServiceCollection services, string key, Action<IServiceProvider, TypedOptionsBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return Add(services, key, configure);
    }

    /// <summary>Registers one of several stores, on the database of an application's context whose model has the tables.</summary>
    /// <typeparam name="TContext">The context.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="key">The key, as in <c>[FromKeyedServices("name")]</c>.</param>
    /// <param name="configure">More options; the database is the context's.</param>
    /// <exception cref="InvalidOperationException">There is a store of this key already.</exception>
    public static IServiceCollection AddKeyedTyped<TContext>(this IServiceCollection services, string key, Action<TypedOptionsBuilder> configure)
        where TContext : DbContext
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return Add<TContext>(services, key, configure);
    }

    /// <summary>
    /// Adds the declared types of a module on request to a store, and their handles to the services. Where the store is built on an application's context, its
    /// model has to map them too: <c>modelBuilder.AddTyped(module)</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="module">The module.</param>
    /// <param name="key">The store's key, where it has one.</param>
    public static IServiceCollection AddTypedModule(this IServiceCollection services, DeclarationModule module, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(module);
        services.AddSingleton(new RequestedModule(module, key));
        AddHandles(services, module.Declarations, key);
        return services;
    }

    /// <summary>
    /// Reads options from the application's configuration: <c>o.Bind(configuration.GetSection("Typed"))</c>, with entries called as the options.
    /// </summary>
    /// <param name="options">The store's options.</param>
    /// <param name="section">The section; one that is not there changes nothing.</param>
    /// <exception cref="InvalidOperationException">A name is no option, or a value does not fit it.</exception>
    public static TypedOptionsBuilder Bind(this TypedOptionsBuilder options, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(section);
        StoreConfiguration.Binding.Bind(options, section);
        return options;
    }

    private static IServiceCollection Add<TContext>(IServiceCollection services, string? key, Action<TypedOptionsBuilder> configure)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Register(services, key, provider =>
        {
            using var scope = provider.CreateScope();
            var options = Options(provider, key);
            options.BuildOn(scope.ServiceProvider.GetService<TContext>() ?? throw new InvalidOperationException(
                $"AddTyped<{typeof(TContext).Name}>() builds on a context that is not among the services: "
                + $"register it with AddDbContext<{typeof(TContext).Name}>(...)."));
            configure(options);
            return new TypedStore(options);
        });
    }

    private static IServiceCollection Add(IServiceCollection services, string? key, Action<IServiceProvider, TypedOptionsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Register(services, key, provider =>
        {
            var options = Options(provider, key);
            configure(provider, options);
            return new TypedStore(options);
        });
    }

    /// <summary>
    /// Registers a consumer of a stream, which runs while the host runs. Each batch has a scope of services of its own, with the consumer and, where the
    /// store is
    /// built on an application's context, that context.
    /// </summary>
    /// <typeparam name="TBody">The declared class, whose stream has <c>Follow = true</c>.</typeparam>
    /// <typeparam name="TConsumer">What handles the events.</typeparam>
    /// <param name="services">The services, with a store (<c>AddTyped</c>).</param>
    /// <param name="name">The consumer's name, unique in the database: 1 to 200 letters, digits, underscores, dots and hyphens of ASCII.</param>
    /// <param name="configure">Batches, namespace, poisoned events.</param>
    /// <param name="key">The key of one of several stores; null: that of <c>AddTyped</c>.</param>
    /// <exception cref="ArgumentException">The name is outside its grammar.</exception>
    [RequiresUnreferencedCode(LinqNeeds.UnreferencedCode)]
    [RequiresDynamicCode(LinqNeeds.DynamicCode)]
    public static IServiceCollection AddConsumer<
        TBody, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TConsumer>(
        this IServiceCollection services, string name, Action<ConsumerOptions<TBody>>? configure = null, string? key = null)
        where TBody : IFollowedEventBody<TBody>
        where TConsumer : class, IEventConsumer<TBody>
    {
        ArgumentNullException.ThrowIfNull(services);
        StreamNames.Check(name);
        var options = new ConsumerOptions<TBody>();
        configure?.Invoke(options);
        services.TryAddScoped<TConsumer>();
        return services.AddSingleton<IHostedService>(provider => new ConsumerService<TBody, TConsumer>(provider, key, name, options));
    }

    private static TypedOptionsBuilder Options(IServiceProvider provider, string? key)
    {
        var options = new TypedOptionsBuilder { TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System, ExpireEvery = s_expireEvery };
        options.UseApplicationServiceProvider(new HostServices(provider));
        foreach (var requested in provider.GetServices<RequestedModule>().Where(requested => string.Equals(requested.Key, key, StringComparison.Ordinal)))
        {
            options.Include(requested.Module);
        }

        return options;
    }

    private static IServiceCollection Register(IServiceCollection services, string? key, Func<IServiceProvider, TypedStore> create)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(TypedStore) && Equals(service.ServiceKey, key)))
        {
            throw new InvalidOperationException(key is null
                ? "AddTyped was called twice. AddKeyedTyped(\"name\", ...) registers one more store, which services find by its key."
                : $"AddKeyedTyped(\"{key}\", ...) was called twice: each store has a key of its own.");
        }

        services.Add(ServiceDescriptor.KeyedSingleton(key, (provider, _) => create(provider)));
        AddHandles(services, DeclarationModule.Registered.SelectMany(module => module.Declarations), key);
        services.AddSingleton<IHostedService>(provider => new StoreService(provider, key));
        services.AddHealthChecks().Add(new(
            key is null ? "typed" : $"typed-{key}", provider => new StoreHealthCheck(provider, key), failureStatus: null, tags: null,
            TimeSpan.FromSeconds(10)));
        return services;
    }

    private static void AddHandles(IServiceCollection services, IEnumerable<Declaration> declarations, string? key)
    {
        foreach (var handle in declarations.Select(declaration => declaration.Handle).OfType<StoreHandle>())
        {
            foreach (var type in handle.OtherTypes.Prepend(handle.Type))
            {
                services.Add(ServiceDescriptor.KeyedSingleton(type, key, (provider, _) => handle.In(provider.GetRequiredKeyedService<TypedStore>(key))));
            }
        }
    }
}
