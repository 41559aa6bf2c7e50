using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace Typed.Linq;

/// <summary>The provider's own last step of a translation, and after it the forms of values (<see cref="ValueRewriter"/>).</summary>
internal sealed class QueryPostprocessor(
    QueryTranslationPostprocessor provider, QueryTranslationPostprocessorDependencies dependencies, QueryCompilationContext context, ValueForms forms)
    : QueryTranslationPostprocessor(dependencies, context)
{
    public override Expression Process(Expression query)
    {
        if (!DeclaredTables.Find(query).Any)
        {
            return provider.Process(query);
        }

        var processed = forms.Process(provider, JoinKeys.Check.Unmark(query));
        ListObjects.Refuse(processed);
        processed = forms.Simplify(processed, DeclaredTables.Find(processed));
        return new ValueRewriter(DeclaredTables.Find(processed), forms).Visit(processed);
    }

    /// <summary>Creates the postprocessors.</summary>
    internal sealed class Factory(IQueryTranslationPostprocessorFactory provider, QueryTranslationPostprocessorDependencies dependencies, ValueForms forms)
        : IQueryTranslationPostprocessorFactory
    {
        public QueryTranslationPostprocessor Create(QueryCompilationContext queryCompilationContext) =>
            new QueryPostprocessor(provider.Create(queryCompilationContext), dependencies, queryCompilationContext, forms);
    }
}
