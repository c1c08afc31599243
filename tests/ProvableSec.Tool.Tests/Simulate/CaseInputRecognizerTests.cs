using System.Text;
using ProvableSec.Tool.Simulate;

namespace ProvableSec.Tool.Tests.Simulate;

public sealed class CaseInputRecognizerTests
{
    [Theory]
    [InlineData("", CaseInputShape.Lines)]
    [InlineData("\n\n", CaseInputShape.Lines)]
    [InlineData("{\"request\":{}}", CaseInputShape.Lines)]
    [InlineData("{\"request\":{}}\n{\"request\":{}}\n", CaseInputShape.Lines)]
    [InlineData("{\"request\":{},\"cases\":[]}", CaseInputShape.Lines)]
    [InlineData("garbage\n{\"request\":{}}\n", CaseInputShape.Lines)]
    [InlineData("{\"request\":{\n{\"request\":{}}\n", CaseInputShape.Lines)]
    [InlineData("{\"request\":{\"a\":\n{\"request\":{}}\n", CaseInputShape.Lines)]
    [InlineData("{\"request\":", CaseInputShape.Lines)]
    [InlineData("{\"a\":\"\\\"}{\",\"request\":{}}\n", CaseInputShape.Lines)]
    [InlineData("[]", CaseInputShape.Document)]
    [InlineData("\n  [\n{}]", CaseInputShape.Document)]
    [InlineData("{\"cases\":[]}", CaseInputShape.Document)]
    [InlineData("{\"cases\":[\n{\"request\":{}}\n]}", CaseInputShape.Document)]
    [InlineData("{\n  \"request\": {\n", CaseInputShape.Document)]
    [InlineData("{\r\n\"request\":{}\r\n}", CaseInputShape.Document)]
    [InlineData("{ \"identityPolicies\": [\n{\"Statement\":[]}\n", CaseInputShape.Document)]
    [InlineData("{ \"resourcePolicy\":\n{\"Statement\":[]}\n", CaseInputShape.Document)]
    public void The_whole_input_is_recognized(string input, object shape) =>
        Assert.Equal(shape, CaseInputRecognizer.Recognize(Encoding.UTF8.GetBytes(input), atEnd: true));

    [Theory]
    [InlineData("{\"request\":{}}\n", CaseInputShape.Lines)]
    [InlineData("garbage", CaseInputShape.Lines)]
    [InlineData("[", CaseInputShape.Document)]
    [InlineData("", CaseInputShape.Unknown)]
    [InlineData("{\"request\":{}}", CaseInputShape.Unknown)]
    [InlineData("{\n", CaseInputShape.Unknown)]
    public void The_beginning_is_enough_where_it_can_be(string input, object shape) =>
        Assert.Equal(shape, CaseInputRecognizer.Recognize(Encoding.UTF8.GetBytes(input), atEnd: false));
}
