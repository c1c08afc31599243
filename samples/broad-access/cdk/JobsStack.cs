using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.SQS;
using Constructs;

var app = new App();
_ = new Infrastructure.JobsStack(app, "Jobs");
_ = new Infrastructure.DownloadsStack(app, "Downloads");
app.Synth();

namespace Infrastructure
{
    internal sealed class JobsStack : Stack
    {
        public JobsStack(Construct scope, string id)
            : base(scope, id)
        {
            var jobs = new Queue(this, "Jobs");
            jobs.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
            {
                Principals = [new AnyPrincipal()],
                Actions = ["sqs:SendMessage"],
                Resources = [jobs.QueueArn],
                Conditions = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["aws:PrincipalOrgID"] = "o-*" } },
            }));

            var worker = new Function(this, "Worker",
                new FunctionProps { Runtime = Runtime.NODEJS_20_X, Handler = "index.handler", Code = Code.FromInline("exports.handler = async () => {};") });
            var deploy = new PolicyStatement();
            deploy.AddActions("lambda:CreateFunction", "iam:PassRole");
            deploy.AddAllResources();
            worker.AddToRolePolicy(deploy);
        }
    }
}
