using Typed.Tests.Harness.Databases;

namespace Typed.Generator.Tests.Docs;

/// <summary>The recipes are programs: they compile without a warning and print what their comments say, on either database.</summary>
[Collection(ExampleProgram.Collection)]
public abstract class CookbookTests
{
    private static readonly Cookbook s_cookbook = new(Page.Text("docs/cookbook.md"));
    private static readonly Lazy<RecipeProgram> s_sqlite = new(() => Program("Sqlite"));
    private static readonly Lazy<RecipeProgram> s_postgres = new(() => Program("Npgsql"));

    public static TheoryData<string> Titles { get; } = [.. s_cookbook.Recipes.Select(recipe => recipe.Title)];

    protected abstract Task<string[]> RunAsync(int number);

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task A_recipe_prints_what_it_says(string title)
    {
        var recipe = s_cookbook.Recipes.Single(recipe => recipe.Title == title);
        Assert.NotEmpty(recipe.Promised);

        Assert.Equal(recipe.Promised, await RunAsync(s_cookbook.Recipes.ToList().IndexOf(recipe)));
    }

    private static RecipeProgram Program(string kind) => RecipeProgram.Of([.. s_cookbook.Recipes.Select(recipe => recipe.Code)], s_cookbook.Declarations, kind);

    public sealed class Sqlite : CookbookTests
    {
        [Fact]
        public void There_are_recipes() => Assert.InRange(s_cookbook.Recipes.Count, 25, 60);

        [Fact]
        public async Task A_comment_that_is_wrong_fails()
        {
            var wrong = new Cookbook("```csharp setup\n```\n### One\n```csharp\nConsole.WriteLine(1); // 2\nawait Task.Yield();\n\n// 3\n```\n").Recipes.Single();
            var printed = await RecipeProgram.Of([wrong.Code], "", "Sqlite").RunAsync(0, DatabaseServer.Sqlite);

            Assert.Equal(["1"], printed);
            Assert.Equal(["2", "3"], wrong.Promised);
        }

        [Fact]
        public async Task No_rule_warns_of_a_recipe() => Assert.Empty(await s_sqlite.Value.WarningsAsync());

        protected override Task<string[]> RunAsync(int number) => s_sqlite.Value.RunAsync(number, DatabaseServer.Sqlite);
    }

    public sealed class Postgres : CookbookTests
    {
        protected override Task<string[]> RunAsync(int number) => s_postgres.Value.RunAsync(number, DatabaseServer.Postgres);
    }
}
