using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Typed.Generated;
using Typed.Storage.Model;

namespace Typed.Hosting;

/// <summary>Adds to EF's services what queries over events need. There is nothing to choose.</summary>
internal sealed class TypedOptionsExtension(Engine engine) : IDbContextOptionsExtension
{
    public DbContextOptionsExtensionInfo Info => field ??= new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services)
    {
        var builder = new EntityFrameworkRelationalServicesBuilder(services);
        builder.TryAdd<IMethodCallTranslatorPlugin, BodyBytes.Translators>();
        builder.TryAdd<IConventionSetPlugin, ModelMark>();
        engine.AddServices(builder);
    }

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class ExtensionInfo(IDbContextOptionsExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "using Typed ";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["Typed:UseTyped"] = "1";
    }

    /// <summary>Tells the mapping, which sees only the model.</summary>
#pragma warning disable CA1812 // EF Core makes it.
    private sealed class ModelMark : IConventionSetPlugin, IModelInitializedConvention
#pragma warning restore CA1812
    {
        public ConventionSet ModifyConventions(ConventionSet conventionSet)
        {
            conventionSet.ModelInitializedConventions.Add(this);
            return conventionSet;
        }

        public void ProcessModelInitialized(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context) =>
            modelBuilder.HasAnnotation(Annotations.UsesTyped, value: true);
    }
}
