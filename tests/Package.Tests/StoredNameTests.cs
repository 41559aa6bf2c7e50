using Typed.Package.Tests.Harness;

namespace Typed.Package.Tests;

/// <summary>A program stores events; a later one, whose schema comes from the database alone, is told by its build what it could not read.</summary>
public class StoredNameTests(Workshop workshop)
{
    private const string Project = "Stored";
    private const string Gone = "    Refunded,\n";

    [Fact]
    public async Task A_stored_name_that_an_enum_no_longer_has_is_an_error_at_the_member()
    {
        var (exit, output) = await workshop.RunAsync(Project);
        Assert.True(exit == 0, output);
        (exit, output) = await workshop.CommandAsync(Project, "schema", "pull", "--connection", "payments.db");
        Assert.True(exit == 0, output);
        var file = Path.Combine(workshop.Folder(Project), "Payment.cs");
        var old = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, old.Replace(Gone, "", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        (exit, output) = await workshop.BuildAsync(Project);

        Assert.NotEqual(0, exit);
        Assert.Contains("Payment.cs(6,46): error TYP4007: stream 'shop.payments': 'state' is stored as Refunded, which the enum does not have; it has Paid", output, StringComparison.Ordinal);
        Assert.Contains("Payment.cs(8,36): error TYP4007: stream 'shop.payments': 'parts[].state' is stored as Refunded, which the enum does not have; it has Paid", output, StringComparison.Ordinal);

        // The first way out that it names.
        await File.WriteAllTextAsync(file, old, TestContext.Current.CancellationToken);
        (exit, output) = await workshop.BuildAsync(Project);
        Assert.True(exit == 0, output);
        Assert.DoesNotContain("TYP40", output, StringComparison.Ordinal);
        (exit, output) = await workshop.RunAsync(Project);
        Assert.True(exit == 0, output);
        Assert.Equal(["Paid ", "Refunded +Refunded"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
