using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;
using Typed.Storage.Migrations;

namespace Typed.Linq;

/// <summary>Adds to EF's services what queries over declared types need. The extension has no settings.</summary>
internal sealed class TypedOptionsExtension(QueryEngine engine) : IDbContextOptionsExtension
{
    public DbContextOptionsExtensionInfo Info => field ??= new ExtensionInfo(this);

    public QueryEngine Engine => engine;

    /// <summary>The extension of a context.</summary>
    /// <exception cref="InvalidOperationException">The options of the context lack <c>UseTyped()</c>.</exception>
    public static TypedOptionsExtension GetFor(DbContext context) => context.GetService<IDbContextOptions>().FindExtension<TypedOptionsExtension>()
        ?? throw new InvalidOperationException(
            $"LINQ over declared types needs UseTyped() in the options of {context.GetType().Name}, after the provider: "
            + "options.UseNpgsql(...).UseTyped(), or options.UseSqlite(...).UseTyped(). "
            + "What is inserted or put, and read in ranges, needs nothing.");

    public void ApplyServices(IServiceCollection services)
    {
        var builder = new EntityFrameworkRelationalServicesBuilder(services);
        builder.TryAdd<IMethodCallTranslatorPlugin, StoredBody.Translators>().TryAdd<IMethodCallTranslatorPlugin, JoinKeys.Translators>()
            .TryAdd<IMethodCallTranslatorPlugin, StoredId.Translators>()
            .TryAdd<IMethodCallTranslatorPlugin, EnumTexts>();
        services.AddSingleton(engine);
        engine.AddServices(builder);
        Decorate(services);
    }

    public void Validate(IDbContextOptions options)
    {
    }

    // The provider's own registrations are decorated, so that its internal types need not be named.
    private void Decorate(IServiceCollection services)
    {
        Decorate<IQueryTranslationPostprocessorFactory>(services, replacing: null, (own, provider) => new QueryPostprocessor.Factory(
            own, provider.GetRequiredService<QueryTranslationPostprocessorDependencies>(), engine.Forms));
        Decorate<IMigrationsSqlGenerator>(services, engine.MigrationsGenerator, (own, provider) => new LayoutMigrations(
            own, provider.GetRequiredService<IMigrationsModelDiffer>(), provider.GetRequiredService<ICurrentDbContext>()));
    }

    private static void Decorate<TService>(IServiceCollection services, Type? replacing, Func<TService, IServiceProvider, TService> decorate)
        where TService : class
    {
        var own = services.Last(service => service.ServiceType == typeof(TService));
        var type = replacing ?? own.ImplementationType!;
        services.Remove(own);
        services.Add(new ServiceDescriptor(
            typeof(TService), provider => decorate((TService)ActivatorUtilities.CreateInstance(provider, type), provider), own.Lifetime));
    }

    private sealed class ExtensionInfo(TypedOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using Typed ";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["Typed:UseTyped"] = "1";
    }
}
