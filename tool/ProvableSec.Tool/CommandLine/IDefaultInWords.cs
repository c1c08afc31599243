namespace ProvableSec.Tool.CommandLine;

/// <summary>An option whose default is another one on another machine, so that help and pages say it in words.</summary>
internal interface IDefaultInWords
{
    /// <summary>The default, such as <c>the number of processors</c>.</summary>
    string Default { get; }
}
