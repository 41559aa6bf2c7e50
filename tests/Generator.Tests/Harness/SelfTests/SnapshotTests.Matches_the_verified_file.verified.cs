#nullable enable
partial class RedToy
{
    public const string Name = "RedToy";
}
