import { createRandom } from "@minisim/random";
import { bloodPathUm, centredGrid } from "./src/path-length.ts";
import { transmission } from "./src/transmission.ts";
import { blurField } from "@minisim/kernels";
import { murrayChildren } from "./src/murray.ts";
const p=1.6551724137931034, L={depth_um:120,n_roots:3,root_radius_um:14,min_radius_um:2,opacity:.65,absorption_per_um:.04,branch_prob:.2,tortuosity_deg:8,branch_angle_deg:30,branch_area_main:.7,step_per_radius:1.5};
const fov=[608*p,608*p]; const canvas={height:630,width:630}; const sig=11.465;
const D=Math.PI/180;
function tree(d:any,o:any){
  const b=o.border, hh=fov[0]!/2+b, hw=fov[1]!/2+b;
  const side=d.integer(4), along=2*d.uniform()-1, sign=side%2?1:-1;
  let tip:any= side<2?{y:sign*hh,x:along*hw,h:-sign*Math.PI/2,r:14}:{y:along*hh,x:sign*hw,h:sign<0?0:Math.PI,r:14};
  if(o.center) tip.h=Math.atan2(-tip.y,-tip.x);
  tip.h+=o.jit*D*(o.unif?2*d.uniform()-1:d.normal());
  const segs:any[]=[]; const tips=[tip]; let capped=0;
  while(tips.length){ let t=o.dfs?tips.pop():tips.shift();
    while(true){ if(segs.length>=2000){capped=1;break;}
      let h=t.h+8*D*d.normal(); const s=1.5*t.r;
      const seg={y0:t.y,x0:t.x,y1:t.y+s*Math.sin(h),x1:t.x+s*Math.cos(h),radius:t.r}; segs.push(seg); t={...t,y:seg.y1,x:seg.x1,h};
      if(Math.abs(t.y)>hh||Math.abs(t.x)>hw) break;
      if(d.uniform()<.2){ const [m,sd]=murrayChildren(t.r,.7); const a=30*D*(d.uniform()<.5?1:-1);
        const side={...t,r:sd,h:t.h+a*t.r/sd}; const main={...t,r:m,h:t.h-a*(o.mainScale?t.r/m*o.mainScale:1)};
        if(o.inter){ if(main.r>=2)tips.push(main); if(side.r>=2)tips.push(side); break;}
        if(sd>=2) tips.push(side); if(m<2) break; t=main; } }
    if(capped)break; }
  return [segs,capped] as any;
}
const qq=(a:number[],q:number)=>{a=[...a].sort((x,y)=>x-y);return a[Math.round(q*(a.length-1))]!.toFixed(3)};
for(const o of [{border:14,jit:0},{border:0,jit:0},{border:11*p,jit:0},{border:11*p,jit:0,center:1},{border:11*p,jit:30},{border:11*p,jit:45,unif:1},{border:11*p,jit:0,dfs:1},{border:11*p,jit:0,dfs:1,inter:1},{border:11*p,jit:0,inter:1},{border:11*p,jit:30,dfs:1},{border:11*p,jit:0,mainScale:.3},{border:11*p,jit:30,mainScale:.0001,dfs:1}]){
 const mean=[],min=[],n=[];let caps=0;
 for(let s=0;s<40;s++){const r=createRandom(s); const segs:any[]=[]; for(const k of [0,1,2]){const [x,c]=tree(r.stream("tree",0,k),o);segs.push(...x);caps+=c;}
  const m=blurField(transmission(bloodPathUm(segs,centredGrid(canvas,p)),L),canvas,sig,"nearest"); let a=0,b=1;
  for(let y=11;y<619;y++)for(let x=11;x<619;x++){const v=m[y*630+x]!;a+=v;if(v<b)b=v;} mean.push(a/608/608);min.push(b);n.push(segs.length);}
 console.log(JSON.stringify(o),'mean',[.02,.16,.5,.84,.98].map(q=>qq(mean,q)).join(' '),'min',[.02,.16,.5,.84,.98].map(q=>qq(min,q)).join(' '),'n',[.02,.5,.98].map(q=>qq(n,q)).join(' '),'capped',caps/120);
}
