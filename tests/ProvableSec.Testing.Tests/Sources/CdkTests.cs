using Amazon.CDK;

namespace ProvableSec.Testing.Tests.Sources
{
    /// <summary>A stack of the CDK is read through types of its assembly, which these stand for: the real ones start Node.</summary>
    public sealed class CdkTests
    {
        [Fact]
        public void A_stack_is_synthesized_and_its_roles_are_asked_about()
        {
            PolicySubject app = Policies.FromCdk(new AppStack()).Role("App");
            app.ShouldNeverAllow("s3:PutObject");
            Assert.Contains("Allowed by the stack AppStack:", Failing.Message(() => app.ShouldNeverAllow("s3:GetObject")), StringComparison.Ordinal);
        }

        private sealed class AppStack : Stack;
    }
}

namespace Amazon.CDK
{
    /// <summary>As the CDK's.</summary>
    public abstract class Stack;
}

namespace Amazon.CDK.Assertions
{
    /// <summary>As the CDK's: a template as dictionaries and arrays.</summary>
    public sealed class Template
    {
        /// <summary>Synthesizes.</summary>
        public static Template FromStack(Stack stack, object? options = null) => stack is null || options is not null ? throw new ArgumentException("no stack")
            : new Template();

        /// <summary>The template.</summary>
        public IDictionary<string, object> ToJSON()
        {
            Dictionary<string, object> statement = Of(("Effect", "Allow"), ("Action", "s3:GetObject"), ("Resource", "*"));
            Dictionary<string, object> policy = Of(("PolicyName", "p"),
                ("PolicyDocument", Of(("Version", "2012-10-17"), ("Statement", new object[] { statement }))));
            Dictionary<string, object> role = Of(("Type", "AWS::IAM::Role"), ("Properties", Of(("Policies", new object[] { policy }))));
            return Of(("Resources", Of(("App1A2B3C4D", role))));
        }

        private static Dictionary<string, object> Of(params (string Name, object Value)[] members) =>
            members.ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
    }
}
