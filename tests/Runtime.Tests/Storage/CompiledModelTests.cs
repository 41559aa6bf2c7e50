using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Typed.Runtime.Tests.Series.Declared;
using Typed.Runtime.Tests.Streams.Stored;
using Typed.Runtime.Tests.Writing;
using Typed.Storage.Model;
using Visit = Typed.Runtime.Tests.Streams.Stored.Visit;

namespace Typed.Runtime.Tests.Storage;

/// <summary>
/// EF writes a model as code of the application, with its converters as lambdas. So these may name only what an application sees, and are known again by what
/// is left of them. That the code compiles and runs is tested with the packages.
/// </summary>
public sealed class CompiledModelTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public void Converters_name_only_what_an_application_sees(string database)
    {
        using var db = new Mapped(database);
        var (converters, readers) = ConversionsOf(db);

        Assert.True(converters.Length > 20, $"{converters.Length}");
        Assert.Equal([], converters.SelectMany(converter => Hidden.In(converter.ConvertToProviderExpression).Concat(Hidden.In(converter.ConvertFromProviderExpression))).Distinct());
#pragma warning disable EF9100 // It is how EF writes a reader.
        Assert.Equal([], readers.SelectMany(reader => Hidden.In(reader.ConstructorExpression)).Distinct());
#pragma warning restore EF9100
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public void A_converter_is_known_by_its_lambdas(string database)
    {
        using var db = new Mapped(database);
        var kinds = ConversionsOf(db).Converters.Where(converter => Conversion.MethodOf(converter) is not null).DistinctBy(Conversion.MethodOf).ToArray();

        Assert.True(kinds.Length > 6, $"{kinds.Length}");
        foreach (var one in kinds)
        {
            var written = (ValueConverter)Activator.CreateInstance(
                typeof(ValueConverter<,>).MakeGenericType(one.ModelClrType, one.ProviderClrType), one.ConvertToProviderExpression, one.ConvertFromProviderExpression, null)!;
            Assert.True(Conversion.Is(written, one));
            Assert.Single(kinds, other => Conversion.Is(written, other));
        }
    }

    [Fact]
    public void What_an_application_does_not_see_is_found()
    {
        Expression<Func<Guid, Guid>> hidden = value => Same(value), implicitly = value => new Guid(value.ToByteArray(), true), seen = value => Guid.Parse(value.ToString());

        Assert.Single(Hidden.In(hidden));
        Assert.Single(Hidden.In(implicitly));
        Assert.Empty(Hidden.In(seen));
    }

    [Fact]
    public void A_model_that_is_older_than_a_declaration_is_refused()
    {
        var declared = Generated.Declarations.Stream<Visit>();
        var shape = ((Generated.StreamDeclaration)declared).Definition.Shape;
        var model = new Written();
        var entity = model.AddEntityType("visit", typeof(Event<Visit>), sharedClrType: true, complexPropertyCount: 1);
        var body = entity.AddComplexProperty("Body", typeof(Visit), "visit.Body", typeof(Visit), propertyCount: 2).ComplexType;
        Map("N", typeof(int), "n");

        var missing = Assert.Throws<InvalidOperationException>(() => CompiledModel.ThrowIfStale(entity, shape));
        Assert.Equal($"The model does not map Text of {typeof(Visit).FullName} as it is declared. The model is compiled: run dotnet ef dbcontext optimize again.", missing.Message);

        Map("Text", typeof(string), "text");
        CompiledModel.ThrowIfStale(entity, shape);

        Assert.Same(entity, ModelNaming.Find(model, "visit", typeof(Event<Visit>), typeof(Visit)));
        var unknown = Assert.Throws<InvalidOperationException>(() => ModelNaming.Find(model, "remark", typeof(Event<Remark>), typeof(Remark)));
        Assert.EndsWith("run dotnet ef dbcontext optimize again.", unknown.Message, StringComparison.Ordinal);

        void Map(string name, Type type, string json) =>
            body.AddProperty(name, type, typeof(Visit).GetProperty(name)).AddAnnotation(RelationalAnnotationNames.JsonPropertyName, json);
    }

    internal static Guid Same(Guid value) => value;

    private static (ValueConverter[] Converters, JsonValueReaderWriter[] Readers) ConversionsOf(DbContext db)
    {
        var properties = db.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(All).ToArray();
        var elements = properties.Select(property => property.GetElementType()).OfType<IElementType>().ToArray();
        return (
            [.. properties.Select(property => property.GetValueConverter()).Concat(elements.Select(element => element.GetValueConverter())).OfType<ValueConverter>()],
            [.. properties.Select(property => property.GetJsonValueReaderWriter()).Concat(elements.Select(element => element.GetJsonValueReaderWriter())).OfType<JsonValueReaderWriter>()]);

        static IEnumerable<IProperty> All(ITypeBase type) => type.GetProperties().Concat(type.GetComplexProperties().SelectMany(property => All(property.ComplexType)));
    }

    /// <summary>Collects what the code of an application could not say.</summary>
    private sealed class Hidden : ExpressionVisitor
    {
        private readonly List<string> _found = [];

        public static IReadOnlyList<string> In(Expression expression)
        {
            var visitor = new Hidden();
            visitor.Visit(expression);
            return visitor._found;
        }

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            Check(node.Method, node.Method.IsPublic && !node.Method.IsSpecialName);
            return base.VisitMethodCall(node);
        }

        protected override Expression VisitNew(NewExpression node)
        {
            Check(node.Constructor!, node.Constructor!.IsPublic);
            return base.VisitNew(node);
        }

        protected override Expression VisitUnary(UnaryExpression node)
        {
            if (node.Method is { } method && node.NodeType is ExpressionType.Convert && method.GetParameters()[0].ParameterType.IsByRefLike | method.ReturnType.IsByRefLike)
            {
                Check(method, isSeen: false);
            }

            return base.VisitUnary(node);
        }

        private void Check(MethodBase member, bool isSeen)
        {
            if (!isSeen || !member.DeclaringType!.IsVisible)
            {
                _found.Add($"{member.DeclaringType}.{member.Name}");
            }
        }
    }

#pragma warning disable EF1001 // The class that EF's code derives a compiled model from.
    private sealed class Written() : RuntimeModel(skipDetectChanges: false, Guid.Empty, entityTypeCount: 1);
#pragma warning restore EF1001

    private sealed class Chosen : DeclarationModule
    {
        public override IReadOnlyList<Generated.Declaration> Declarations =>
        [
            Generated.Declarations.Series<Everything, Everything.Key, int>(),
            Generated.Declarations.Series<Sale, Sale.Key, decimal>(),
            Generated.Declarations.Stream<ManyMembers>(),
            Generated.Declarations.Stream<Worded>(),
            Generated.Declarations.Stream<Conventional>(),
            Generated.Declarations.Stream<OnlyMap>(),
        ];
    }

    private sealed class Mapped(string database) : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
            (database == "sqlite" ? optionsBuilder.UseSqlite("Data Source=:memory:") : optionsBuilder.UseNpgsql("Host=h"))
                .UseTyped().ReplaceService<IModelCacheKeyFactory, PerDatabase>();

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddTyped(new Chosen());

        internal sealed class PerDatabase : IModelCacheKeyFactory
        {
            public object Create(DbContext context, bool designTime) => (context.GetType(), context.Database.ProviderName, designTime);
        }
    }
}
