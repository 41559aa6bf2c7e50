using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Typed.Cli.Output;

/// <summary>How many steps are done, beside a progress bar.</summary>
internal sealed class CountColumn : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(((long)task.Value).ToString("N0", CultureInfo.InvariantCulture), new Style(Color.Grey));
}
