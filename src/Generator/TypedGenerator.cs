using Microsoft.CodeAnalysis;

namespace Typed.Generator;

/// <summary>The pipeline.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class TypedGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) => StreamPipeline.Register(context);
}
